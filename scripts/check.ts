/** `npm test`: every check, one after the other, up to the first that fails. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countTests, type TestReport, totals } from "./totals.ts";

const temporary = await mkdtemp(join(tmpdir(), "gatehouse-check-"));
const report = join(temporary, "report.json");

const steps: [heading: string, command: string, ...args: string[]][] = [
  [
    "Format and lint",
    "biome",
    "ci",
    "--error-on-warnings",
    `--colors=${process.stdout.isTTY ? "force" : "off"}`,
  ],
  ["Types", "tsc", "-p", "."],
  ["Types of the client, with what a browser has", "tsc", "-p", "packages/client"],
  ["Types of the pages", "tsc", "-p", "packages/web"],
  [
    "Tests",
    "vitest",
    "run",
    "--coverage",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
];

let failed: string | undefined;
for (const [heading, command, ...args] of steps) {
  console.log(`== ${heading}`);
  const startedAt = Date.now();
  const ok = await run(command, args);
  console.log(
    `== ${heading}: ${ok ? "ok" : "failed"} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  if (!ok) {
    failed = heading;
    break;
  }
}

const counts = await readFile(report, "utf8").then(
  (text) => countTests(JSON.parse(text) as TestReport),
  () => ({ passed: 0, failed: 1, skipped: 0 }),
);
await rm(temporary, { recursive: true });
console.log(totals(counts));
process.exitCode = failed === undefined ? 0 : 1;

async function run(command: string, args: string[]): Promise<boolean> {
  const child = spawn(command, args, { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", forward).on("SIGTERM", forward);
  const [code] = await once(child, "close");
  process.off("SIGINT", forward).off("SIGTERM", forward);
  return code === 0;
}
