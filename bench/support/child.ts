import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** To a process of ours: what to do, and about what. */
export interface Order<Name extends string = string> {
  readonly id: number;
  readonly name: Name;
  readonly about?: unknown;
}

/** From it: what came of the order with this id. Of 0, which nobody gave, that it has started. */
export interface Told {
  readonly id: number;
  readonly answer?: unknown;
  /** Why there is no answer. */
  readonly fault?: string;
}

/** A process that takes orders. When this one is gone, however it went, it ends by itself. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** What it said when it had started. */
  readonly started: unknown;
  /** Rejects where it fails at it, or ends before it answers. */
  order(name: string, about?: unknown): Promise<unknown>;
}

/** Starts a module in a process of its own, with these settings over the shell's. Rejects where it ends before it tells 0. */
export async function startChild(
  module: URL,
  settings: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = fork(module, { env: { ...process.env, ...settings } });
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const expectAnswer = (id: number) => {
    const answer = Promise.withResolvers<unknown>();
    asked.set(id, answer);
    return answer.promise;
  };
  child.on("message", ({ id, answer, fault }: Told) => {
    if (fault === undefined) asked.get(id)?.resolve(answer);
    else asked.get(id)?.reject(new Error(fault));
    asked.delete(id);
  });
  const ended = once(child, "exit").then(() => {
    for (const { reject } of asked.values()) reject(new Error(`${nameOf(child)} has ended by itself`));
  });

  const started = await expectAnswer(0);
  let id = 0;
  return {
    pid: child.pid ?? 0,
    started,
    async order(name, about) {
      id += 1;
      child.send({ id, name, about } satisfies Order);
      return expectAnswer(id);
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function nameOf({ spawnargs }: ChildProcess): string {
  return spawnargs.at(-1) ?? "";
}
