import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs SST at this terminal and answers its exit code, in the shell's way where a signal ended it. It is told to send no
 * telemetry, which would carry the whole command line, and npm to ask nothing: SST fetches CDK's bootstrap with it.
 */
export async function runSst(args: readonly string[]): Promise<number> {
  const env = { ...process.env, SST_TELEMETRY_DISABLED: "1", npm_config_yes: "true" };
  const child = spawn("sst", [...args], { stdio: "inherit", env });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  // Ctrl-C reaches SST by itself; this process only has to outlive it.
  const wait = () => {};
  process.on("SIGINT", wait).on("SIGTERM", forward).on("SIGHUP", forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGINT", wait).off("SIGTERM", forward).off("SIGHUP", forward);
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    });
  });
}
