import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

interface Parameter {
  readonly Name: string;
  readonly Value: string;
  readonly Type: string;
}

const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
const prefix = "/sst/gatehouse/anna/Secret";
let stored: Parameter[];
let url: string;

/** As much of SSM as the script asks for. */
const actions: Record<string, (input: Parameter & { Names: string[]; Overwrite: boolean }) => object> = {
  "AmazonSSM.GetParameters": ({ Names }) => ({
    Parameters: stored.filter(({ Name }) => Names.includes(Name)),
  }),
  "AmazonSSM.PutParameter": ({ Name, Value, Type, Overwrite }) => {
    if (Overwrite || stored.some((each) => each.Name === Name)) throw new Error("ParameterAlreadyExists");
    stored.push({ Name, Value, Type });
    return { Version: 1 };
  },
};

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const answer = actions[String(request.headers["x-amz-target"])]?.(JSON.parse(body));
  response.writeHead(answer ? 200 : 501, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(answer));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  stored = [];
});

async function run(args: string[], environment: Record<string, string> = credentials) {
  const script = fileURLToPath(new URL("secrets.ts", import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    env: { AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: "true", HOME: "/nowhere", ...environment },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const exitCode = await new Promise((resolve) => child.once("close", resolve));
  return { exitCode, output };
}

test("a new stage gets its three secrets, encrypted, and none of them is shown", async () => {
  const { exitCode, output } = await run(["--stage", "anna", "--region", "eu-west-1"]);
  expect(exitCode, output).toBe(0);
  expect(stored.map(({ Name, Type }) => `${Type} ${Name}`).sort()).toEqual([
    `SecureString ${prefix}/PASSWORD_PEPPER/value`,
    `SecureString ${prefix}/SIGNING_KEYS/value`,
    `SecureString ${prefix}/VERIFICATION_KEYS/value`,
  ]);
  for (const { Value } of stored) expect(output).not.toContain(Value);
});

test("the public keys are the halves of the private ones", async () => {
  await run(["--stage", "anna"]);
  const kids = (name: string) => {
    const value = stored.find(({ Name }) => Name.includes(name))?.Value ?? "";
    return JSON.parse(value).keys.map(({ kid }: { kid: string }) => kid);
  };
  expect(kids("VERIFICATION_KEYS")).toEqual(kids("SIGNING_KEYS"));
});

test("a stage that has a secret keeps it, and gets no other beside it", async () => {
  const old = { Name: `${prefix}/PASSWORD_PEPPER/value`, Value: "old", Type: "SecureString" };
  stored = [old];
  const { exitCode, output } = await run(["--stage", "anna"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("Nothing was stored");
  expect(output).toContain(old.Name);
  expect(stored).toEqual([old]);
});

test("without AWS credentials it says so", async () => {
  const { exitCode, output } = await run(["--stage", "anna"], {});
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^There are no AWS credentials\. .+\n$/);
  expect(stored).toEqual([]);
});

test.each([[[]], [["--stage", "a/b"]]])("%j is not a stage", async (args) => {
  const { exitCode, output } = await run(args);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^Usage: /);
  expect(stored).toEqual([]);
});
