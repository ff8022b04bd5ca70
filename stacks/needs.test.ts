import { routes } from "@gatehouse/contract";
import { describe, expect, test } from "vitest";
import { account, region } from "./test/place.ts";
import { synthesise } from "./test/synthesise.ts";
import { type DeployedFunction, functionsOf, listOf } from "./test/templates.ts";

const stage = "anna";
const functions = functionsOf(synthesise(stage).api, `${stage}-gatehouse-`);
const actionsOf = ({ statements }: DeployedFunction) => statements.flatMap(({ Action }) => listOf(Action));
const resourcesOf = ({ statements }: DeployedFunction) =>
  statements.flatMap(({ Resource }) => listOf(Resource).map((each) => JSON.stringify(each)));

function named(name: string): DeployedFunction {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`the template has no function ${name}`);
  return found;
}

test("each route has a function, the authorizer has one, and there is no other", () => {
  expect(functions.map(({ name }) => name).sort()).toEqual([...Object.keys(routes), "authorizer"].sort());
});

const granted: [string, string[]][] = [
  ["authorizer", ["dynamodb:BatchGetItem", "ssm:GetParameter"]],
  ["register", ["dynamodb:PutItem", "ssm:GetParameter"]],
  [
    "login",
    ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "ssm:GetParameter"],
  ],
  ["refresh", ["dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "ssm:GetParameter"]],
  ["logout", ["dynamodb:DeleteItem", "ssm:GetParameter"]],
  ["sessions", ["dynamodb:Query"]],
  ["endSession", ["dynamodb:DeleteItem"]],
  ["endOtherSessions", ["dynamodb:Query", "dynamodb:DeleteItem"]],
  ["me", ["dynamodb:GetItem"]],
  ["changeMe", ["dynamodb:GetItem", "dynamodb:UpdateItem"]],
  ["jwks", ["ssm:GetParameter"]],
  ["openidConfiguration", ["ssm:GetParameter"]],
  ["oauthServerMetadata", ["ssm:GetParameter"]],
  ["health", []],
  ["problem", []],
];

test.each(granted)("%s may do %j and nothing else", (name, actions) => {
  expect(actionsOf(named(name))).toEqual(actions);
});

test("no function is left out of that list", () => {
  expect(granted.map(([name]) => name).sort()).toEqual(functions.map(({ name }) => name).sort());
});

describe.each(functions)("$name", (each) => {
  test("is granted no wildcard, neither of actions nor of resources", () => {
    for (const action of actionsOf(each)) expect(action).not.toContain("*");
    for (const resource of resourcesOf(each)) expect(resource).not.toContain("*");
    expect(each.statements.map(({ Effect }) => Effect)).toEqual(each.statements.map(() => "Allow"));
  });

  // CloudWatch's three write actions on any log group, which the CDK gives every function.
  test("has one managed policy: that for writing its log", () => {
    expect(each.managedPolicies).toHaveLength(1);
    expect(JSON.stringify(each.managedPolicies)).toContain("service-role/AWSLambdaBasicExecutionRole");
  });

  test("reaches the table and its own secrets only", () => {
    for (const resource of resourcesOf(each)) {
      expect(resource).toMatch(
        /"(?:anna-gatehouse-Storage:ExportsOutputFnGetAttTable\w+Arn\w+|:ssm:.+\/sst\/gatehouse\/anna\/Secret\/\w+\/value)"/,
      );
    }
  });
});

test("the authorizer writes nothing", () => {
  expect(actionsOf(named("authorizer")).join()).not.toMatch(/Put|Update|Delete|Write/);
});

test("only what ends sessions deletes, and log-in does not", () => {
  const deleting = functions.filter((each) => actionsOf(each).some((action) => /delete/i.test(action)));
  expect(deleting.map(({ name }) => name).sort()).toEqual([
    "endOtherSessions",
    "endSession",
    "logout",
    "refresh",
  ]);
});

test("nobody scans the table or asks an index", () => {
  expect(functions.flatMap(actionsOf).join()).not.toMatch(/Scan|PartiQL/);
  expect(functions.flatMap(resourcesOf).join()).not.toContain("/index");
});

test.each([
  ["PASSWORD_PEPPER", ["login", "register"]],
  ["REFRESH_KEY", ["login", "logout", "refresh"]],
  ["SIGNING_KEYS", ["login", "refresh"]],
  ["VERIFICATION_KEYS", ["authorizer", "jwks", "logout", "oauthServerMetadata", "openidConfiguration"]],
])("%s is read by %j only", (secret, readers) => {
  const parameter = `:ssm:${region}:${account}:parameter/sst/gatehouse/${stage}/Secret/${secret}/value`;
  const found = functions.filter((each) =>
    resourcesOf(each).some((resource) => resource.includes(parameter)),
  );
  expect(found.map(({ name }) => name).sort()).toEqual(readers);
});
