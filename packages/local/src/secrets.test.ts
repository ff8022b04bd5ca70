import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { secretNames } from "@gatehouse/core/secrets";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../test/support/temporary-directory.ts";
import { keepSecrets } from "./secrets.ts";

async function secretsFile(): Promise<string> {
  return join(await temporaryDirectory(), "secrets.json");
}

test("every secret is made once, in a file only its owner may read", async () => {
  const file = await secretsFile();
  await keepSecrets(file, false);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(await readFile(file, "utf8"))).sort()).toEqual([...secretNames].sort());
  expect(await readdir(dirname(file))).toEqual(["secrets.json"]);
});

test("secrets that are there are never written again", async () => {
  const file = await secretsFile();
  await keepSecrets(file, false);
  const before = await readFile(file, "utf8");
  await keepSecrets(file, false);
  expect(await readFile(file, "utf8")).toBe(before);
});

test("of two that make them at once one writes, and neither leaves a draft behind", async () => {
  const file = await secretsFile();
  const outcomes = await Promise.allSettled([keepSecrets(file, false), keepSecrets(file, false)]);
  expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(await readdir(dirname(file))).toEqual(["secrets.json"]);
});

test.each([
  ["recorded events", ["AUDIT_KEY"]],
  ["one-time codes", ["AUDIT_KEY", "CODE_KEY"]],
  ["sessions", ["AUDIT_KEY", "CODE_KEY", "REFRESH_KEY"]],
] as const)("a file of before %s gets what it lacks, and keeps every value it has", async (_, lacking) => {
  const file = await secretsFile();
  const names = secretNames.filter((name) => !(lacking as readonly string[]).includes(name));
  const secrets = generateSecrets();
  const earlier = Object.fromEntries(names.map((name) => [name, secrets[name]]));
  const text = JSON.stringify({ ...earlier, SOMETHING_ELSE: "kept too" });
  await writeFile(file, text, { mode: 0o600 });
  await keepSecrets(file, false);
  const now = JSON.parse(await readFile(file, "utf8"));
  const made = Object.fromEntries(lacking.map((name) => [name, expect.stringMatching(/^[\w-]{43}$/)]));
  expect(now).toEqual({ ...JSON.parse(text), ...made });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(dirname(file))).toEqual(["secrets.json"]);
  await keepSecrets(file, false);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(now);
});

test("lost secrets are not made anew where there is data that they belong to", async () => {
  const file = await secretsFile();
  await expect(keepSecrets(file, true)).rejects.toThrow(
    /is missing, and without it no stored password .*--reset.*$/,
  );
  expect(await readdir(dirname(file))).toEqual([]);
});

test.each([
  ["cut short", `{"PASSWORD_PEPPER":"abc`],
  ["without one that was always there", `{"PASSWORD_PEPPER":"abc","REFRESH_KEY":"abc"}`],
  ["of which one is no text", JSON.stringify({ ...generateSecrets(), REFRESH_KEY: null })],
  ["that are no object", "null"],
])("secrets %s stop the start in one line and stay as they are", async (_, text) => {
  const file = await secretsFile();
  await writeFile(file, text);
  await expect(keepSecrets(file, false)).rejects.toThrow(/^The secrets in .* are damaged: .*--reset.*$/);
  expect(await readFile(file, "utf8")).toBe(text);
});

test("secrets that cannot be read stop the start in one line", async () => {
  const directory = await temporaryDirectory();
  await expect(keepSecrets(directory, false)).rejects.toThrow(/^The secrets in .* cannot be read: .*$/);
});
