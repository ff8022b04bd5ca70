import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { settingsOf } from "../stacks/stage.ts";
import { type ParameterStore, startParameterStore } from "./test/parameter-store.ts";
import { credentials, runScript } from "./test/run-script.ts";

const keys = (args: readonly string[], environment?: Record<string, string>) =>
  runScript("keys.ts", args, environment);

/** `next RS256` and so on, in their order. */
const statesIn = (stdout: string) => stdout.match(/(?:current|previous|next) +[ER]S256/g) ?? [];

describe("keys in a file", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "gatehouse-keys-"));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const here = (...args: string[]) => keys([...args, "--data", directory]);

  it("are made, turned, retired and shown", async () => {
    await here("init", "--algorithm", "RS256");
    await here("rotate", "--force", "--algorithm", "ES256");
    expect(statesIn((await here("show")).stdout)).toEqual([
      "current   RS256",
      "previous  RS256",
      "next      ES256",
    ]);
    await here("retire", "--force");
    const { exitCode, stdout, stderr } = await here("show");
    expect(exitCode, stderr).toBe(0);
    expect(statesIn(stdout)).toEqual(["current   RS256", "next      ES256"]);
  });

  it("are replaced in an emergency, and it is said by when everybody is out", async () => {
    await here("init");
    const before = await readFile(join(directory, "secrets.json"), "utf8");
    const { exitCode, stdout } = await here("rotate", "--emergency");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("SECRETS_CACHE_SECONDS and the authorizer's cache time: 300 s and 60 s");
    const after = JSON.parse(await readFile(join(directory, "secrets.json"), "utf8"));
    for (const name of ["PASSWORD_PEPPER", "AUDIT_KEY"])
      expect(before).toContain(JSON.stringify(after[name]));
    for (const name of ["REFRESH_KEY", "CODE_KEY", "SIGNING_KEYS", "VERIFICATION_KEYS"]) {
      expect(before).not.toContain(JSON.stringify(after[name]));
    }
  });

  it("are refused in one line where it is too early, or nothing is there, or the file is damaged", async () => {
    expect((await here("show")).stderr).toMatch(/^There are no keys at .*secrets\.json: .*\n$/);
    await here("init");
    expect(await here("rotate")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringMatching(/^.*; wait \d+ s more \(docs\/keys\.md .*--force .*\)\n$/),
    });
    expect((await here("init")).stderr).toMatch(/^There are keys at .* already: .*\n$/);
    await writeFile(join(directory, "secrets.json"), "{");
    expect((await here("rotate")).stderr).toMatch(/^The secrets in .* are damaged: .*\n$/);
    await writeFile(join(directory, "secrets.json"), `{"SIGNING_KEYS":"x"}`);
    expect((await here("rotate")).stderr).toMatch(/^SIGNING_KEYS: should be .*\n$/);
  });
});

describe("keys of a stage", () => {
  let store: ParameterStore;
  beforeAll(async () => {
    store = await startParameterStore();
  });
  afterAll(() => store.stop());
  beforeEach(() => store.hold());
  const there = (...args: string[]) =>
    keys([...args, "--region", "eu-west-1"], { AWS_ENDPOINT_URL: store.url, ...credentials });

  it("are not made twice, and with --if-missing that is no failure", async () => {
    const first = await there("init", "--stage", "anna", "--if-missing");
    expect(first.exitCode, first.stderr).toBe(0);
    const made = [...store.stored];
    expect(await there("init", "--stage", "anna")).toMatchObject({ exitCode: 1, stdout: "" });
    expect(await there("init", "--stage", "anna", "--if-missing")).toEqual({
      exitCode: 0,
      stdout: "nothing is missing at stage anna in eu-west-1; everything stays as it was\n",
      stderr: "",
    });
    expect(store.stored).toEqual(made);
  });

  it("are made, turned, retired, replaced and shown, and no private member is", async () => {
    let told = "";
    const secrets: string[] = [];
    for (const command of [
      "init",
      "rotate --force --algorithm RS256",
      "retire --force",
      "rotate --force",
      "rotate --emergency",
      "rotate-pepper",
      "retire-pepper --force",
      "show",
    ]) {
      const { exitCode, stdout, stderr } = await there(...command.split(" "), "--stage", "anna");
      expect(exitCode, stderr).toBe(0);
      told += stdout + stderr;
      for (const { d } of JSON.parse(store.valueOf("SIGNING_KEYS")).keys) secrets.push(d);
      for (const name of ["REFRESH_KEY", "CODE_KEY", "AUDIT_KEY", "PASSWORD_PEPPER"])
        secrets.push(...store.valueOf(name).split(","));
    }
    expect(statesIn(told).slice(-2)).toEqual(["current   RS256", "next      RS256"]);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(told).toContain(`300 s and ${settingsOf("anna").authorizerCacheSeconds} s`);
  });

  it.each(["CODE_KEY", "AUDIT_KEY"])(
    "are joined by the %s that a stage of an earlier version lacks, and stay",
    async (lacking) => {
      await there("init", "--stage", "anna");
      const earlier = store.stored.filter(({ Name }) => !Name.endsWith(`/${lacking}/value`));
      store.hold(...earlier);
      const { exitCode, stdout, stderr } = await there("init", "--stage", "anna");
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toBe(
        `made ${lacking} at stage anna in eu-west-1, which is of an earlier version; everything else stays as it was\n`,
      );
      expect(store.stored).toHaveLength(earlier.length + 1);
      expect(store.stored).toEqual(expect.arrayContaining(earlier));
      expect(store.valueOf(lacking)).toMatch(/^[\w-]{43}$/);
    },
  );

  it("are those of this stage alone", async () => {
    await there("init", "--stage", "anna");
    const { exitCode, stderr } = await there("rotate", "--force", "--stage", "ben");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There are no keys at stage ben in eu-west-1: .*\n$/);
  });

  it("are out of reach without credentials, and that is said in one line", async () => {
    const { exitCode, stderr } = await keys(["show", "--stage", "anna"], { AWS_ENDPOINT_URL: store.url });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There are no AWS credentials\. .*\n$/);
  });

  it("are out of reach where nothing answers, and that is said in one line", async () => {
    const nowhere = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1", ...credentials };
    const { exitCode, stderr } = await keys(["show", "--stage", "anna"], nowhere);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^AWS did not answer: .+\n$/);
  });
});

it("an empty name of a stage is none, and not this laptop", async () => {
  const { exitCode, stderr } = await keys(["rotate", "--emergency", "--stage", ""]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^A stage's name .*\n$/);
});

it.each([
  "",
  "turn",
  "init rotate",
  "show --force",
  "init --emergency",
  "retire --algorithm ES256",
  "rotate-pepper --force",
  "rotate --algorithm HS256",
  "rotate --region eu-west-1",
  "rotate --stage anna --data .",
  "rotate --key secret",
])("%j is answered with the usage", async (line) => {
  const { exitCode, stdout, stderr } = await keys(line.split(" ").filter(Boolean));
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^Usage: /);
});

it("the usage is told to whoever asks for it, and that is no failure", async () => {
  const { exitCode, stdout, stderr } = await keys(["--help"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: /);
});
