import { type Try, type Watcher, watchers } from "../src/store/tries.ts";

/** One request on its way to DynamoDB, as it goes over the wire: a client's retry is another one. */
export type Request = Try;

/** Decides on a request: `send` passes it on, anything thrown is what the client sees in place of an answer. */
export type Interceptor = Watcher;

/** Stands between the client's retries and the database while `run` runs, and answers what `run` answers. */
export async function intercepted<T>(intercept: Interceptor, run: () => Promise<T>): Promise<T> {
  watchers.push(intercept);
  try {
    return await run();
  } finally {
    watchers.splice(watchers.indexOf(intercept), 1);
  }
}

/** The requests that `run` makes, in their order. */
export async function requestsOf(run: () => Promise<unknown>): Promise<readonly Request[]> {
  const requests: Request[] = [];
  await intercepted(async (request, send) => {
    requests.push(request);
    await send();
  }, run);
  return requests;
}

/** How often a database that fails every time is asked, and what is thrown in the end. */
export async function underFailure(
  failure: () => Error,
  run: () => Promise<unknown>,
): Promise<{ readonly requests: number; readonly thrown: unknown }> {
  let requests = 0;
  const fail: Interceptor = async () => {
    requests += 1;
    throw failure();
  };
  const thrown = await intercepted(fail, run).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { requests, thrown };
}
