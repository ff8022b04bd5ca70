import { AsyncLocalStorage } from "node:async_hooks";

const deadlines = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs something of which no request to another service outlives `signal`, and after which none begins. A function that
 * has answered is frozen as it stands and goes on with the next request: nothing of the one before may be left in it.
 */
export function until<T>(signal: AbortSignal, run: () => T): T {
  return deadlines.run(signal, run);
}

/** What ends the requests of whoever asks; undefined where nothing does. */
export function deadline(): AbortSignal | undefined {
  return deadlines.getStore();
}
