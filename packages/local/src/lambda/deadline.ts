import { url as inspectorUrl } from "node:inspector";

/** Lambda's own maximum: long enough to think at a breakpoint. */
const DEBUGGING_SECONDS = 900;

/** Thrown by `within` when the time is up. */
export class DeadlinePassed extends Error {
  constructor(seconds: number) {
    super(`did not finish within ${seconds} seconds`);
    this.name = "DeadlinePassed";
  }
}

/** How long something that may take `seconds` really gets: while a debugger can be attached, 15 minutes. */
export function allowedSeconds(seconds: number): number {
  return inspectorUrl() === undefined ? seconds : DEBUGGING_SECONDS;
}

/** Settles as `work` does, or rejects with `DeadlinePassed`. The work itself is not stopped. */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  const allowed = allowedSeconds(seconds);
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlinePassed(allowed)), allowed * 1000);
  // Whoever waits is kept alive by what does the work; a forgotten wait must not hold up a stop.
  timer.unref();
  try {
    return await Promise.race([work, passed]);
  } finally {
    clearTimeout(timer);
  }
}
