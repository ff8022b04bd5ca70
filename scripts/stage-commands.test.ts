import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { secretNames } from "@gatehouse/core/secrets";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { account, type IdentityService, startIdentityService } from "./test/aws.ts";
import { type ParameterStore, startParameterStore } from "./test/parameter-store.ts";
import { credentials, runScript } from "./test/run-script.ts";

/** Stands for `sst`: tells what it was called with, and does what its environment says. */
const standIn = `#!/usr/bin/env node
const { mkdirSync, writeFileSync } = require("node:fs");
const { SST_TELEMETRY_DISABLED, npm_config_yes, OUTPUTS, EXIT_CODE, AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
const profile = AWS_PROFILE ? [AWS_PROFILE, AWS_ACCESS_KEY_ID ?? "no keys"] : [];
console.log("sst", process.argv.slice(2).join(" "), SST_TELEMETRY_DISABLED, npm_config_yes, ...profile);
if (OUTPUTS) {
  mkdirSync(".sst", { recursive: true });
  writeFileSync(".sst/outputs.json", OUTPUTS);
}
process.exitCode = Number(EXIT_CODE ?? 0);
`;

const outputs = JSON.stringify({
  "anna-gatehouse-Api": { ApiUrl: "https://abc.execute-api.eu-west-1.amazonaws.com", TableName: "t" },
  "anna-gatehouse-Web": { WebUrl: "https://d1.cloudfront.net" },
});

let sts: IdentityService;
let ssm: ParameterStore;
let folder: string;
beforeAll(async () => {
  [sts, ssm] = await Promise.all([startIdentityService(), startParameterStore()]);
});
afterAll(() => Promise.all([sts.stop(), ssm.stop()]));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-sst-"));
  await writeFile(join(folder, "sst"), standIn);
  await chmod(join(folder, "sst"), 0o755);
  ssm.hold(...secretNames.map((name) => ({ Name: nameOf(name), Value: "v", Type: "SecureString" })));
  return () => rm(folder, { recursive: true });
});

const nameOf = (name: string) => `/sst/gatehouse/anna/Secret/${name}/value`;
const place = ["--stage", "anna", "--region", "eu-west-1"];

function run(script: string, args: readonly string[], environment: Record<string, string> = {}) {
  const all = {
    ...credentials,
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ENDPOINT_URL_SSM: ssm.url,
    PATH: [folder, process.env["PATH"]].join(delimiter),
    ...environment,
  };
  return runScript(script, args, all, folder);
}

describe.each(["deploy.ts", "dev-aws.ts", "remove.ts"])("%s", (script) => {
  const go = script === "remove.ts" ? ["--yes"] : [];

  test("without credentials SST is not called, and it is said in one line", async () => {
    const none = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const { stdout, stderr, exitCode } = await run(script, [...place, ...go], none);
    expect([exitCode, stdout, stderr]).toEqual([
      1,
      "",
      expect.stringMatching(/^There are no AWS credentials\..+\n$/),
    ]);
  });

  test("with credentials that are none, neither", async () => {
    const { stdout, stderr, exitCode } = await run(script, [...place, ...go], { AWS_ACCESS_KEY_ID: "wrong" });
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^AWS did not answer: InvalidClientTokenId: .+\n$/);
  });

  test.each([
    [],
    ["--region", "eu-west-1"],
    ["--stage"],
    ["--stage", "--region"],
    ["--stage", "anna", "--help"],
  ])("%j is answered with the usage", async (...args) => {
    const { stderr, exitCode } = await run(script, args);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^Usage: npm run /)]);
  });
});

describe.each(["deploy.ts", "dev-aws.ts"])("%s", (script) => {
  test("a stage without its secrets is told the command that makes them", async () => {
    ssm.hold({ Name: nameOf("PASSWORD_PEPPER"), Value: "v", Type: "SecureString" });
    const { stdout, stderr, exitCode } = await run(script, place);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      "The stage anna lacks REFRESH_KEY, CODE_KEY, AUDIT_KEY, SIGNING_KEYS, VERIFICATION_KEYS. Make them first: npm run secrets -- init --stage anna --region eu-west-1\n",
    );
  });
});

describe("a deploy", () => {
  test("hands on what it does not know, and tells what came of it", async () => {
    const { stdout, exitCode } = await run("deploy.ts", [...place, "--verbose"], { OUTPUTS: outputs });
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toEqual([
      `Deploying stage anna to account ${account} in eu-west-1`,
      "sst deploy --stage anna --region eu-west-1 --verbose 1 true",
      "ApiUrl         https://abc.execute-api.eu-west-1.amazonaws.com",
      "TableName      t",
      "WebUrl         https://d1.cloudfront.net",
      "",
    ]);
  });

  test("that SST fails at fails", async () => {
    expect((await run("deploy.ts", place, { EXIT_CODE: "3", OUTPUTS: outputs })).exitCode).toBe(3);
  });

  test("that SST says nothing of fails too, whatever its exit code", async () => {
    const { stderr, exitCode } = await run("deploy.ts", place);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^sst deploy ended without a word/)]);
  });

  test("is not told done by what one of before has left", async () => {
    await run("deploy.ts", place, { OUTPUTS: outputs });
    expect((await run("deploy.ts", place)).exitCode).toBe(1);
  });

  test("asks AWS as the profile that is named, whatever keys the environment has, and so does SST", async () => {
    const file = join(folder, "credentials");
    const profile = (name: string, key: string) =>
      `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = test\n`;
    await writeFile(file, profile("ours", "test") + profile("theirs", "wrong"));
    const environment = {
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: "/nowhere/config",
      AWS_ACCESS_KEY_ID: "wrong",
      OUTPUTS: outputs,
    };
    const ours = await run("deploy.ts", [...place, "--profile", "ours"], environment);
    expect(ours.exitCode, ours.stderr).toBe(0);
    expect(ours.stdout).toContain("sst deploy --stage anna --region eu-west-1 1 true ours no keys\n");
    const theirs = await run("deploy.ts", [...place, "--profile", "theirs"], {
      ...environment,
      AWS_ACCESS_KEY_ID: "test",
    });
    expect([theirs.exitCode, theirs.stdout]).toEqual([1, ""]);
    expect(theirs.stderr).toMatch(/^AWS did not answer: InvalidClientTokenId: .+\n$/);
  });

  test("takes its region from where sst.config.ts does", async () => {
    const { stdout } = await run("deploy.ts", ["--stage=anna"], { AWS_REGION: "eu-north-1" });
    expect(stdout).toContain("sst deploy --stage anna --region eu-north-1");
  });
});

test("live development is SST's own, on the stage that was named", async () => {
  const { stdout, exitCode } = await run("dev-aws.ts", [...place, "--increase-timeout"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("sst dev --stage anna --region eu-west-1 --increase-timeout 1 true\n");
});

describe("a removal", () => {
  test("says what goes, and is done only to the stage whose name is typed", async () => {
    const { stdout, stderr, exitCode } = await run("remove.ts", place);
    expect([exitCode, stderr]).toEqual([1, "Nothing was removed.\n"]);
    expect(stdout).toMatch(/^Removing stage anna of account 123456789012 in eu-west-1\. Its table goes/);
    expect(stdout).not.toContain("sst remove");
  });

  test("takes the secrets too, once SST is through", async () => {
    expect((await run("remove.ts", [...place, "--yes"], { EXIT_CODE: "1" })).exitCode).toBe(1);
    expect(ssm.stored).toHaveLength(secretNames.length);
    expect((await run("remove.ts", [...place, "--yes"])).exitCode).toBe(0);
    expect(ssm.stored).toEqual([]);
  });

  test("of a stage that keeps its data says so, and keeps its secrets", async () => {
    const { stdout, exitCode } = await run("remove.ts", ["--stage", "prod", "--yes"], {
      AWS_REGION: "eu-west-1",
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("The table stays");
    expect(ssm.stored).toHaveLength(secretNames.length);
    expect(stdout).toContain("sst remove --stage prod --region eu-west-1 1 true");
  });
});
