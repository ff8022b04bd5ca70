import { type Route, routes } from "@gatehouse/contract";
import { describe, expect, test } from "vitest";
import { actionsOf, functions, named, resourcesOf, stage } from "./test/granted.ts";
import { synthesise } from "./test/synthesise.ts";
import { type DeployedFunction, functionsOf, listOf } from "./test/templates.ts";

test("each route has a function, so have the authorizer and the worker, and there is no other", () => {
  const expected = [...Object.keys(routes), "authorizer", "worker"];
  expect(functions.map(({ name }) => name).sort()).toEqual(expected.sort());
});

const read = "ssm:GetParameter";
const queue = "sqs:SendMessage";

/** What each may do on the table, and besides. */
const granted: [name: string, table: string, ...besides: string[]][] = [
  ["authorizer", "BatchGetItem", read],
  ["register", "PutItem UpdateItem GetItem DeleteItem", read, queue],
  ["login", "BatchGetItem GetItem Query PutItem UpdateItem DeleteItem", read],
  ["refresh", "UpdateItem DeleteItem GetItem PutItem", read],
  ["logout", "DeleteItem GetItem PutItem", read],
  ["requestEmailVerification", "UpdateItem PutItem DeleteItem", read, queue],
  ["forgotPassword", "UpdateItem PutItem DeleteItem", read, queue],
  ["verifyEmail", "GetItem UpdateItem DeleteItem PutItem", read],
  ["undoEmailChange", "GetItem UpdateItem", read],
  ["resetPassword", "GetItem UpdateItem PutItem DeleteItem Query", read, queue],
  ["changePassword", "GetItem BatchGetItem UpdateItem PutItem DeleteItem Query", read, queue],
  ["changeEmail", "GetItem BatchGetItem UpdateItem PutItem DeleteItem", read, queue],
  ["confirmEmail", "GetItem UpdateItem PutItem DeleteItem", read, queue],
  ["exportMe", "Query GetItem"],
  ["deleteMe", "GetItem BatchGetItem UpdateItem PutItem DeleteItem Query", read, queue],
  ["events", "Query"],
  ["sessions", "Query"],
  ["endSession", "DeleteItem GetItem PutItem", read],
  ["endOtherSessions", "Query DeleteItem GetItem PutItem", read],
  ["me", "GetItem"],
  ["changeMe", "GetItem UpdateItem"],
  ["jwks", "", read],
  ["openidConfiguration", "", read],
  ["oauthServerMetadata", "", read],
  [
    "worker",
    "GetItem PutItem UpdateItem Query DeleteItem",
    read,
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
  ],
  ["health", ""],
  ["problem", ""],
  ["openapi", ""],
];

const allowed = granted.map(([name, table, ...besides]) => {
  const onTable = table.split(" ").filter(Boolean);
  return [name, [...onTable.map((action) => `dynamodb:${action}`), ...besides]] as const;
});

test.each(allowed)("%s may do %j and nothing else", (name, actions) => {
  expect(actionsOf(named(name)).toSorted()).toEqual(actions.toSorted());
});

test("no function is left out of that list", () => {
  expect(granted.map(([name]) => name).sort()).toEqual(functions.map(({ name }) => name).sort());
});

const reachable = new RegExp(
  [
    `"${stage}-gatehouse-Storage:ExportsOutputFnGetAttTable\\w+Arn\\w+"`,
    `"${stage}-gatehouse-Queue:ExportsOutputFnGetAttJobs\\w+Arn\\w+"`,
    `:ssm:.+/sst/gatehouse/${stage}/Secret/\\w+/value"`,
  ].join("|"),
);

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

  test("reaches the table, the queue of jobs and its own secrets only", () => {
    for (const resource of resourcesOf(each)) expect(resource).toMatch(reachable);
  });
});

test.each(["staging", "prod"])(
  "the functions of %s are granted what those of a personal stage are, each in its own stage",
  (other) => {
    const made = synthesise(other);
    const theirs = [made.api, made.mail].flatMap((template) => functionsOf(template, `${other}-gatehouse-`));
    const grantsOf = (list: readonly DeployedFunction[], of: string) =>
      Object.fromEntries(
        list.map(({ name, statements }) => {
          // Who sends mail is in mail.test.ts: a personal stage sends none.
          const known = statements.filter(({ Action }) => Action !== "ses:SendEmail");
          return [name, JSON.parse(JSON.stringify(known).replaceAll(of, "STAGE"))];
        }),
      );
    expect(grantsOf(theirs, other)).toEqual(grantsOf(functions, stage));
  },
);

const keys = "dynamodb:LeadingKeys";

/** The grants on the table, each with the patterns of the partition keys that it is about. */
function onTable({ statements }: DeployedFunction) {
  const ofTable = statements.filter(({ Action }) => listOf(Action).some((each) => /^dynamodb:/.test(each)));
  return ofTable.map(({ Action, Condition }) => ({
    actions: listOf(Action).map((each) => each.replace("dynamodb:", "")),
    patterns: listOf(Condition?.["ForAllValues:StringLike"]?.[keys] ?? []),
    condition: Condition,
  }));
}

test.each(functions)("$name may ask the table about keys it must name, and of its own kinds only", (each) => {
  for (const { patterns, condition } of onTable(each)) {
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns)
      expect(pattern).toMatch(/^(?:(?:user|email|throttle|idempotency|unknown)#\*|stage)$/);
    // Without the second, a request that names no key at all would pass.
    expect(Object.keys(condition ?? {})).toEqual(["ForAllValues:StringLike", "Null"]);
    expect(condition?.["Null"]).toEqual({ [keys]: "false" });
  }
});

test("each action on the table stands in one grant: two could not be taken together by a request about both", () => {
  for (const each of functions) {
    const actions = onTable(each).flatMap(({ actions }) => actions);
    expect(new Set(actions).size).toBe(actions.length);
  }
});

/** Who may do any of these actions to keys of one kind. */
const whoMay = (actions: RegExp, pattern: string) =>
  functions
    .filter((each) =>
      onTable(each).some(
        (grant) => grant.patterns.includes(pattern) && grant.actions.some((action) => actions.test(action)),
      ),
    )
    .map(({ name }) => name)
    .sort();

test("the authorizer reads people and their sessions, and nothing else", () => {
  expect(onTable(named("authorizer"))).toMatchObject([{ actions: ["BatchGetItem"], patterns: ["user#*"] }]);
});

test.each(["me", "events", "sessions", "endSession", "endOtherSessions", "undoEmailChange"])(
  "%s reaches what lies with a person, and no log-in, no counter and nobody else's record",
  (name) => expect(onTable(named(name)).flatMap(({ patterns }) => patterns)).toEqual(["user#*"]),
);

test("an account's claim on its email, with the hash of its password, is read by whoever asks for one of the two", () => {
  expect(whoMay(/Get|Query/, "email#*")).toEqual([
    "changeEmail",
    "changePassword",
    "confirmEmail",
    "deleteMe",
    "exportMe",
    "login",
    "register",
    "verifyEmail",
    "worker",
  ]);
});

test("remembered answers are reached by the routes that take an Idempotency-Key alone, and by no reading", () => {
  const taking = Object.values<Route>(routes).filter(({ idempotent }) => idempotent);
  expect(whoMay(/./, "idempotency#*")).toEqual(taking.map(({ name }) => name).sort());
  expect(whoMay(/Get|Query/, "idempotency#*")).toEqual([]);
});

test("what was guessed at people who are not there is recorded by the log-in alone", () => {
  expect(whoMay(/./, "unknown#*")).toEqual(["login"]);
});

test("the record of the stage is written by who has the key of the record, and no one changes or deletes it", () => {
  const recording = functions.filter((each) =>
    resourcesOf(each).some((resource) => /AUDIT_KEY/.test(resource)),
  );
  const names = recording.map(({ name }) => name);
  for (const name of whoMay(/./, "stage")) expect(names).toContain(name);
  expect(whoMay(/Update|Delete/, "stage")).toEqual([]);
});

test("the authorizer writes nothing", () => {
  expect(actionsOf(named("authorizer")).join()).not.toMatch(/Put|Update|Delete|Write/);
});

// A log-in with the right password ends the count of wrong ones.
test("only what ends something deletes", () => {
  const deleting = functions.filter((each) => actionsOf(each).some((action) => /DeleteItem/.test(action)));
  expect(deleting.map(({ name }) => name).sort()).toEqual([
    "changeEmail",
    "changePassword",
    "confirmEmail",
    "deleteMe",
    "endOtherSessions",
    "endSession",
    "forgotPassword",
    "login",
    "logout",
    "refresh",
    "register",
    "requestEmailVerification",
    "resetPassword",
    "verifyEmail",
    "worker",
  ]);
});

test("only the worker takes from the queue, and it queues nothing itself", () => {
  const receiving = functions.filter((each) => actionsOf(each).includes("sqs:ReceiveMessage"));
  expect(receiving.map(({ name }) => name)).toEqual(["worker"]);
  expect(actionsOf(named("worker"))).not.toContain("sqs:SendMessage");
});

test("the table is reached for items and the queue for jobs, each by its own actions", () => {
  for (const { Action, Resource } of functions.flatMap(({ statements }) => statements)) {
    const services = new Set(listOf(Action).map((action) => action.split(":")[0]));
    const [service] = services;
    expect(services.size).toBe(1);
    const where = { dynamodb: "-Storage:", sqs: "-Queue:", ssm: ":ssm:" }[String(service)];
    for (const each of listOf(Resource)) expect(JSON.stringify(each)).toContain(where);
  }
});

test("nobody scans the table or asks an index", () => {
  expect(functions.flatMap(actionsOf).join()).not.toMatch(/Scan|PartiQL/);
  expect(functions.flatMap(resourcesOf).join()).not.toContain("/index");
});
