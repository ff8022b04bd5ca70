/** What is published is the client, by the workflow, and by nobody else. */
import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const workflow = readFileSync(join(root, ".github/workflows/release.yml"), "utf8");
const [, beforePublish = "", publish = ""] = /^(.*)^ {2}publish:\n(.*)/ms.exec(workflow) ?? [];

it("every package but the client is private", () => {
  const open = ["package.json", ...globSync("packages/*/package.json", { cwd: root })].filter(
    (file) => JSON.parse(readFileSync(join(root, file), "utf8")).private !== true,
  );
  expect(open).toEqual(["packages/client/package.json"]);
});

it("publishing by hand is refused", async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "packages/client/package.json"), "utf8"));
  const { GITHUB_ACTIONS: _, ...env } = process.env;
  const [, ...args] = scripts.prepublishOnly.split(" ");
  const refused = promisify(execFile)(process.execPath, args, { cwd: join(root, "packages/client"), env });
  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("release.yml") });
});

it("where the token of npm is, no action runs that is not GitHub's own", () => {
  expect(beforePublish).not.toMatch(/NPM_TOKEN }|id-token/);
  expect(publish).toMatch(/secrets\.NPM_TOKEN/);
  const actions = [...publish.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !action.startsWith("actions/"))).toEqual([]);
});

it("it is published only where no change waits for a version", () => {
  expect(publish).toMatch(/^ {4}if: needs\.version\.outputs\.hasChanges == 'false'$/m);
});

it("it uses the package manager that package.json names", () => {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tools = [...workflow.matchAll(/npx --yes (\S+)/g)].map(([, tool]) => tool);
  expect(new Set(tools)).toEqual(new Set([packageManager]));
});
