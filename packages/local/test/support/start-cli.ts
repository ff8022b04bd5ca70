import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

export interface RunningCli {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** The URL it serves at, once it says so; undefined where it ends before. */
  readonly url: Promise<string | undefined>;
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs the command behind `npm start` on any free port. It is stopped when the test is over. */
export function startCli(
  args: readonly string[],
  { environment = {}, nodeArgs = [] as readonly string[] } = {},
): RunningCli {
  const child = spawn(process.execPath, [...nodeArgs, cli, "--port", "0", ...args], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const url = new Promise<string | undefined>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output.stdout += text;
      const [, found] = /Gatehouse is at (\S+)/.exec(output.stdout) ?? [];
      if (found) resolve(found);
    });
    void ended.then(() => resolve(undefined));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return { child, output, url, ended };
}
