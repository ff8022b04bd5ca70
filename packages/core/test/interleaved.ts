import { intercepted, type Request } from "./requests.ts";

/** What became of something that may be refused. */
export type Settled = PromiseSettledResult<unknown>;

/**
 * Runs `first`, and all of `second` at the moment when `first` is about to send its request number `at`, counted from 0.
 * `met` is false where `first` had fewer requests, so that a test can go through all of them.
 */
export async function interleaved(
  at: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<{ readonly first: Settled; readonly second: Settled; readonly met: boolean }> {
  let count = 0;
  let between: Promise<Settled> | undefined;
  const intercept = async (_: Request, send: () => Promise<void>) => {
    if (between === undefined && count++ === at) {
      between = settle(second);
      await between;
    }
    await send();
  };
  const outcome = await intercepted(intercept, () => settle(first));
  return { first: outcome, second: await (between ?? settle(second)), met: between !== undefined };
}

async function settle(run: () => Promise<unknown>): Promise<Settled> {
  const [outcome] = await Promise.allSettled([run()]);
  return outcome as Settled;
}
