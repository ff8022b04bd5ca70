import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { handlerFile, type Route, routes } from "@gatehouse/contract";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { generateSecrets } from "../packages/core/src/generate-secrets.ts";
import { eventOf } from "../packages/functions/test/event.ts";
import { databaseClient } from "../packages/local/src/database/client.ts";
import { createTable } from "../packages/local/src/database/table.ts";
import { eventOf as sqsEventOf } from "../packages/local/src/queue/event.ts";
import { newMessage } from "../packages/local/src/queue/message.ts";
import { bundleFunction } from "./bundle/bundle-function.ts";
import { mailEnvironment } from "./environment.ts";
import { type FunctionName, needs } from "./needs.ts";
import { type Build, build, pageOf } from "./test/build.ts";
import { type Learned, requestAt, stops } from "./test/bundle-walk.ts";
import { type EmulatedAws, startEmulatedAws } from "./test/emulated-aws.ts";
import { account } from "./test/place.ts";
import { findings } from "./test/scan.ts";
import { type DeployedFunction, functionsOf } from "./test/templates.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const names = Object.keys(needs) as FunctionName[];
/** Stand for what is secret on the machine that builds. None may be found in what is built. */
const canaries = { AWS_SECRET_ACCESS_KEY: "canary-of-aws", PASSWORD_PEPPER: "canary-of-pepper" };

let built: Build;
let functions: DeployedFunction[];
/** Away from the project, so that nothing is found in its node_modules. */
let bare: string;

beforeAll(async () => {
  built = await build("anna", { AWS_ACCESS_KEY_ID: "test", ...canaries });
  expect(built.exitCode, built.output).toBe(0);
  functions = ["Api", "Mail"].flatMap((stack) => functionsOf(built.template(stack), "anna-gatehouse-"));
  bare = mkdtempSync(join(tmpdir(), "gatehouse-bundles-"));
  for (const name of names)
    cpSync(join(built.root, ".sst/dist", assetOf(name)), join(bare, name), { recursive: true });
}, 180_000);

afterAll(() => {
  built?.remove();
  if (bare) rmSync(bare, { recursive: true });
});

function deployed(name: FunctionName): DeployedFunction {
  const found = functions.find((each) => each.name === name);
  if (!found) throw new Error(`the template has no function ${name}`);
  return found;
}

const assetOf = (name: FunctionName) => `asset.${deployed(name).properties.Code.S3Key.replace(".zip", "")}`;
const bundleOf = (name: FunctionName) => `packages/functions/src/${handlerFile(name)}.mjs`;

test("a build asks AWS who it is and whether the account is set up, and nothing else", () => {
  expect(built.asked.toSorted()).toEqual([
    "DescribeStacks CDKToolkit",
    "DescribeStacks SSTBootstrap",
    "GetCallerIdentity",
  ]);
});

// The other stages are in stages.test.ts.
test("a personal stage is what its snapshot says", async () => {
  await expect(pageOf(built)).toMatchFileSnapshot("test/snapshots/personal.txt");
});

test("a build says what it is about to deploy, where, and what becomes of the data and the mails", () => {
  expect(built.output).toMatch(
    /deploy: stage anna of gatehouse in eu-west-1, account \d{12}; its API at a name that API Gateway gives; its data goes with the stage; its mails are written to the worker's log\n/,
  );
  expect(built.output).not.toContain("stacks/stage.ts");
});

test("a personal stage leaves neither data nor logs behind when it is removed", () => {
  const policies = (stack: string, type: string) =>
    Object.values(built.template(stack).findResources(type)).map((resource) => resource["DeletionPolicy"]);
  expect(policies("Storage", "AWS::DynamoDB::Table")).toEqual(["Delete"]);
  expect(policies("Queue", "AWS::SQS::Queue")).toEqual(["Delete", "Delete"]);
  // One a function, and the access log. What the worker's log holds of a personal stage is links and codes.
  const ofApi = names.filter((name) => name !== "worker");
  expect(policies("Api", "AWS::Logs::LogGroup")).toEqual([...ofApi, "access"].map(() => "Delete"));
  expect(policies("Mail", "AWS::Logs::LogGroup")).toEqual(["Delete"]);
});

test("a build grants nothing that the stacks do not say", () => {
  const granted = names.filter(
    (name) => Object.keys(needs[name].table).length + needs[name].secrets.length > 0,
  );
  built
    .template("Api")
    .resourceCountIs("AWS::IAM::Policy", granted.filter((name) => name !== "worker").length);
  built.template("Mail").resourceCountIs("AWS::IAM::Policy", 1);
});

test("a build without AWS credentials says so and fails", async () => {
  const { exitCode, output, remove } = await build("anna", {});
  remove();
  expect(output).toContain("Could not load credentials");
  expect(exitCode).toBe(1);
}, 60_000);

test("what SST bundles is what the tests and the bench bundle, byte for byte", async () => {
  const deployedCode = readFileSync(join(bare, "login", bundleOf("login")), "utf8");
  const { code } = await bundleFunction("packages/functions/src/login.ts");
  expect(code === deployedCode).toBe(true);
});

describe.each(names)("the bundle of %s", (name) => {
  test("runs on Node 24", () => {
    expect(deployed(name).properties.Runtime).toBe("nodejs24.x");
    expect(deployed(name).properties.Handler).toBe(bundleOf(name).replace(".mjs", ".handler"));
  });

  test("is one file", () => {
    const files = readdirSync(join(bare, name), { recursive: true, withFileTypes: true });
    expect(
      files
        .filter((file) => file.isFile())
        .map((file) => file.name)
        .sort(),
    ).toEqual([`${handlerFile(name)}.mjs`, "package-lock.json", "package.json"].sort());
  });

  test("holds no secret, no path of the machine, no test and nothing that compiles at run time", () => {
    const code = readFileSync(join(bare, name, bundleOf(name)), "utf8");
    expect(findings(code, [...Object.values(canaries), project, built.root])).toEqual([]);
  });

  test("loads in a bare Node with what Lambda gives it, and exports a handler", async () => {
    expect(await runInBareNode(name, "typeof handler")).toBe("function");
  });

  test("loads without the fetch implementation, which takes longer than all the rest of some", async () => {
    const loaded = `process.moduleLoadList.filter((module) => module.includes("undici"))`;
    expect(await runInBareNode(name, loaded)).toEqual([]);
  });
});

describe("every bundle answers in a bare Node, with the variables of its template and one address for all of AWS", () => {
  const learned: Learned = { email: `${randomUUID()}@example.com`, token: "", refreshToken: "", context: {} };
  let aws: EmulatedAws;

  beforeAll(async () => {
    const endpoint = inject("databaseEndpoint");
    const client = databaseClient(endpoint);
    await createTable(client, known("TABLE_NAME"));
    client.destroy();
    const secrets = Object.entries(generateSecrets());
    const parameters = secrets.map(([name, value]) => [`/sst/gatehouse/anna/Secret/${name}/value`, value]);
    aws = await startEmulatedAws(endpoint, Object.fromEntries(parameters));
  });
  afterAll(() => aws.stop());

  const invoke = (name: FunctionName, event: object, more: Variables = {}) => {
    const atAws = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const call = `await handler(${JSON.stringify(event)}, ${lambdaContext})`;
    return runInBareNode(name, call, { ...atAws, ...more });
  };

  test.each(stops)("$name answers $status", async (stop) => {
    const { method, path, authorizer }: Route = routes[stop.name];
    const request = {
      method,
      path,
      ...requestAt(stop, learned),
      ...(authorizer === "token" && { context: learned.context }),
    };
    const { statusCode, body } = (await invoke(stop.name, eventOf(request))) as {
      statusCode: number;
      body?: string;
    };
    expect([statusCode, body]).toEqual([stop.status, stop.status === 204 ? undefined : expect.any(String)]);
    if (stop.name !== "login") return;
    const { token, refreshToken } = JSON.parse(body ?? "");
    const { context } = (await invoke("authorizer", authorizerEvent(token))) as {
      context: Learned["context"];
    };
    expect(context).toMatchObject({
      userId: expect.any(String),
      scope: expect.stringContaining("profile:read"),
    });
    Object.assign(learned, { token, refreshToken, context });
  });

  test("the worker does what they have put on the queue", async () => {
    expect(aws.queued.length).toBeGreaterThan(0);
    const messages = aws.queued.map((body) => ({
      ...newMessage(body),
      receiveCount: 1,
      firstReceivedAt: Date.now(),
    }));
    const event = sqsEventOf(messages, `arn:aws:sqs:eu-west-1:${account}:anna-gatehouse-jobs`);
    expect(await invoke("worker", event)).toEqual({ batchItemFailures: [] });
    expect(aws.mailed).toEqual([]);
  });

  test("the worker of a stage that sends mails them with SES", async () => {
    const from = "no-reply@example.com";
    const email = "ada@example.com";
    const request = { method: "POST", path: "/register", body: { email, password: "nine copper kettles 4" } };
    await invoke("register", eventOf(request));
    const event = sqsEventOf(
      [{ ...newMessage(String(aws.queued.at(-1))), receiveCount: 1, firstReceivedAt: Date.now() }],
      `arn:aws:sqs:eu-west-1:${account}:anna-gatehouse-jobs`,
    );
    const settings = mailEnvironment({ transport: "ses", from });
    expect(await invoke("worker", event, settings)).toEqual({ batchItemFailures: [] });
    expect(aws.mailed).toEqual([{ from: expect.stringContaining(from), to: email }]);
  });

  test.each([
    ["INFO", 1],
    ["WARN", 0],
  ])("where LOG_LEVEL is %s a request that goes well writes %i lines", async (level, lines) => {
    const event = JSON.stringify(eventOf({ method: "GET", path: "/health" }));
    // The first of a container is counted as well, in a line of its own.
    const twice = `[await handler(${event}, ${lambdaContext}), process.stdout.write("\\n--\\n"), await handler(${event}, ${lambdaContext})].length`;
    const output = await outputOf("health", twice, { LOG_LEVEL: level });
    const second = output.slice(output.indexOf("\n--\n"));
    expect(second.match(/"message":"request"/g) ?? []).toHaveLength(lines);
  });

  test("that is all of them", () => {
    expect([...stops.map(({ name }) => name), "authorizer", "worker"].toSorted()).toEqual(names.toSorted());
  });
});

/** As much of what Lambda tells beside the event as anything here reads. */
const lambdaContext =
  "{ awsRequestId: 'r', functionName: 'f', memoryLimitInMB: '512', getRemainingTimeInMillis: () => 29000 }";

function authorizerEvent(token: string): object {
  const headers = { authorization: `Bearer ${token}` };
  const event = eventOf({ method: "GET", path: "/me", headers });
  const routeArn = `arn:aws:execute-api:eu-west-1:${account}:abcdef1234/$default/GET/me`;
  return { ...event, type: "REQUEST", routeArn, identitySource: [headers.authorization] };
}

type Variables = Readonly<Record<string, string>>;

/** The value of an expression about `handler`, with the environment of the template and what else is given. */
async function runInBareNode(name: FunctionName, expression: string, more: Variables = {}): Promise<unknown> {
  const output = await outputOf(name, expression, more);
  return JSON.parse(output.slice(output.lastIndexOf("\n")));
}

/** The same with all that is written before it. */
async function outputOf(name: FunctionName, expression: string, more: Variables): Promise<string> {
  const script = `const { handler } = await import(${JSON.stringify(join(bare, name, bundleOf(name)))});
    const value = ${expression};
    process.stdout.write("\\n" + JSON.stringify(value));`;
  const variables = Object.entries(deployed(name).properties.Environment.Variables);
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: join(bare, name),
    env: {
      ...Object.fromEntries(
        variables.map(([key, value]) => [key, typeof value === "string" ? value : known(key)]),
      ),
      AWS_REGION: "eu-west-1",
      AWS_LAMBDA_FUNCTION_NAME: `anna-gatehouse-${name}`,
      ...more,
    },
  });
  return stdout;
}

/** What CloudFormation would put in. */
function known(key: string): string {
  const values: Readonly<Record<string, string>> = {
    ISSUER: "https://id.execute-api.eu-west-1.amazonaws.com",
    TABLE_NAME: "anna-table",
    JOB_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/anna-gatehouse-jobs",
  };
  return values[key] ?? "";
}
