import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { onPort } from "../port.ts";
import { StartError } from "../start-error.ts";
import { findBinary } from "./binary.ts";
import { killWithParent } from "./watcher.ts";

export interface DatabaseOptions {
  /** Where the items are kept. Without it they are in memory and gone when the database stops. */
  readonly file?: string;
  /** A free loopback port where none is given. */
  readonly port?: number;
  /** Told that the database exited by itself and runs again. */
  readonly onRestart?: () => void;
  /** Told that the database exited by itself and will not run again. */
  readonly onFailure?: (error: StartError) => void;
}

export interface Database {
  readonly endpoint: string;
  /** The process that runs now: another one after a restart. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Waits before the restarts that follow each other; past the last one it stays down. */
const restartDelays = [0, 50, 100, 200, 400, 800, 1600];
/** After this long without an exit, restarts are counted from the first again. */
const steadyMilliseconds = 10_000;
/** What one stop may take; within a second with the rest of the house. */
const stopMilliseconds = 250;

/**
 * Starts the embedded DynamoDB on a loopback port and answers once it listens. A database with a file that
 * exits by itself is restarted on the same port; one in memory is not, because its tables went with it.
 *
 * @throws StartError where it cannot start; its message says what to do.
 */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const binary = findBinary();
  const { port, result } = await onPort(options.port ?? 0, (port) => launch(binary, port, options.file));
  const stopped = new AbortController();
  let child = result;
  let failures = 0;

  const launchAgain = async (): Promise<ChildProcess> => {
    for (;;) {
      const delay = restartDelays[failures];
      if (options.file === undefined || delay === undefined) {
        throw new StartError("The embedded database exited and does not run again");
      }
      failures += 1;
      await wait(delay, undefined, stopped);
      const next = await launch(binary, port, options.file).catch(() => undefined);
      if (next) return next;
    }
  };

  const supervise = async () => {
    for (;;) {
      const startedAt = Date.now();
      const callOff = killWithParent(child.pid ?? 0);
      if (stopped.signal.aborted) await end(child);
      else await once(child, "exit");
      callOff();
      if (stopped.signal.aborted) return;
      if (Date.now() - startedAt > steadyMilliseconds) failures = 0;
      child = await launchAgain();
      options.onRestart?.();
    }
  };

  const supervised = supervise().catch((error: unknown) => {
    if (error instanceof StartError) options.onFailure?.(error);
  });

  return {
    endpoint: `http://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    async stop() {
      stopped.abort();
      await end(child);
      await supervised;
    },
  };
}

/** Runs the binary and answers once it says, on standard error, that it listens. */
async function launch(binary: string, port: number, file: string | undefined): Promise<ChildProcess> {
  const path = file === undefined ? [] : ["--db-path", file];
  const child = spawn(binary, ["--host", "127.0.0.1", "--port", String(port), ...path], {
    stdio: ["ignore", "ignore", "pipe"],
    // A process group of its own: Ctrl-C is answered by us, after the requests under way.
    detached: true,
    env: {},
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("listening on")) resolve();
    });
    child.once("error", (cause) =>
      reject(new StartError(`The embedded database did not start: ${cause.message}`, { cause })),
    );
    child.once("close", () => reject(explain(said)));
  });
  child.stderr?.removeAllListeners("data").resume();
  return child;
}

function explain(said: string): StartError {
  const [line = ""] = said.split("\n");
  const cause = /already in use/.test(line) ? { code: "EADDRINUSE" } : undefined;
  return new StartError(`The embedded database did not start: ${line.replace(/^error: /, "")}`, { cause });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  // It waits for open connections to end; what it has acknowledged is in the file already.
  const impatience = setTimeout(() => child.kill("SIGKILL"), stopMilliseconds);
  await exited;
  clearTimeout(impatience);
}
