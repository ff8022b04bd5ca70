import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ParameterStore, startParameterStore } from "./test/parameter-store.ts";
import { credentials, runScript } from "./test/run-script.ts";

const prefix = "/sst/gatehouse/anna/Secret";
let store: ParameterStore;

beforeAll(async () => {
  store = await startParameterStore();
});
afterAll(() => store.stop());
beforeEach(() => store.hold());

function run(args: readonly string[], environment: Readonly<Record<string, string>> = credentials) {
  return runScript("secrets.ts", args, { AWS_ENDPOINT_URL: store.url, ...environment });
}

test("a new stage gets its six secrets, encrypted, and none of them is shown", async () => {
  const { exitCode, stdout, stderr } = await run(["--stage", "anna", "--region", "eu-west-1"]);
  expect(exitCode, stderr).toBe(0);
  expect(stored()).toEqual([
    `SecureString ${prefix}/AUDIT_KEY/value`,
    `SecureString ${prefix}/CODE_KEY/value`,
    `SecureString ${prefix}/PASSWORD_PEPPER/value`,
    `SecureString ${prefix}/REFRESH_KEY/value`,
    `SecureString ${prefix}/SIGNING_KEYS/value`,
    `SecureString ${prefix}/VERIFICATION_KEYS/value`,
  ]);
  expect(stdout).toContain("at stage anna in eu-west-1");
  for (const { Value } of store.stored) expect(stdout + stderr).not.toContain(Value);
});

function stored(): string[] {
  return store.stored.map(({ Name, Type }) => `${Type} ${Name}`).sort();
}

test("the public keys are the halves of the private ones", async () => {
  await run(["--stage", "anna"]);
  const kids = (name: string) => JSON.parse(store.valueOf(name)).keys.map(({ kid }: { kid: string }) => kid);
  expect(kids("VERIFICATION_KEYS")).toHaveLength(2);
  expect(kids("VERIFICATION_KEYS")).toEqual(kids("SIGNING_KEYS"));
});

test("a stage that has a secret keeps it, and gets no other beside it", async () => {
  const old = { Name: `${prefix}/PASSWORD_PEPPER/value`, Value: "old", Type: "SecureString" };
  store.hold(old);
  const { exitCode, stderr } = await run(["--stage", "anna"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^Nothing was stored: PASSWORD_PEPPER of stage anna in us-east-1 would be lost.*\n$/,
  );
  expect(store.stored).toEqual([old]);
});

test("without AWS credentials it says so", async () => {
  const { exitCode, stderr } = await run(["--stage", "anna"], {});
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^There are no AWS credentials\. .+\n$/);
  expect(store.stored).toEqual([]);
});

test.each([
  [[], /^Usage: .*\n$/],
  [["--stage", "a/b"], /^A stage's name .*\n$/],
])("%j names no stage", async (args, message) => {
  const { exitCode, stderr } = await run(args);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
  expect(store.stored).toEqual([]);
});
