import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reportFile = join(folder, "report.json");
const people = JSON.stringify(join(root, "packages/functions/test/people.ts"));

/** A test file with one test, which passes: it takes a password of ours and does this with it. */
function writeTestFile(name: string, statement: string): string {
  const path = join(folder, name);
  writeFileSync(path, `import { password } from ${people}; it("passes", () => { ${statement} });`);
  return path;
}

/** Runs test files with what surrounds ours, and tells what became of each. */
async function run(...include: readonly string[]) {
  const config = {
    root,
    test: {
      include,
      globals: true,
      globalSetup: join(root, "packages/local/test/database-setup.ts"),
      setupFiles: join(root, "test/environment.ts"),
    },
  };
  const configFile = join(folder, "config.mjs");
  writeFileSync(configFile, `export default ${JSON.stringify(config)};`);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const options = ["--config", configFile, "--reporter", "json", "--outputFile", reportFile];
  await new Promise((resolve) =>
    execFile(process.execPath, [vitest, "run", ...options], { cwd: root }, resolve),
  );
  return JSON.parse(readFileSync(reportFile, "utf8")) as Report;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
  }[];
}

it("a test file that logs a secret fails, though its tests pass, and says what stands where", async () => {
  const { testResults } = await run(
    writeTestFile("discreet.test.js", 'process.stdout.write(password.length + "\\n");'),
    writeTestFile("leaking.test.js", 'process.stdout.write("it is " + password + "\\n");'),
  );
  const outcomes = testResults.map(({ name, status, message }) => [basename(name), status, message]);
  expect(outcomes.toSorted()).toEqual([
    ["discreet.test.js", "passed", ""],
    [
      "leaking.test.js",
      "failed",
      'a secret stands in the log:\n"correct horse battery" in it is correct horse battery',
    ],
  ]);
}, 60_000);

it("no test keeps what is written to itself: each reads it by captureStdout, which is watched", () => {
  const packages = join(root, "packages");
  const spies = readdirSync(packages, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
    .filter((file) =>
      /spyOn\(\s*(?:process\.stdout|console)/.test(readFileSync(join(packages, file), "utf8")),
    );
  expect(spies).toEqual(["functions/test/stdout.ts"]);
});
