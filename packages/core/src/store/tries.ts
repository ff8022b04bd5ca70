/** One try of a call, as it goes over the wire: a retry is another one. */
export interface Try {
  /** For example `GetItem`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Decides on a try: `send` passes it on, anything thrown is what the client sees in place of an answer. */
export type Watcher = (attempt: Try, send: () => Promise<void>) => Promise<void>;

/**
 * What stands between either client's retries and the network, the outermost first: tests count, fail and hold up
 * requests here, whichever client makes them.
 */
export const watchers: Watcher[] = [];

/** Makes a try under the eyes of all watchers. */
export function watched<T>(attempt: Try, send: () => Promise<T>): Promise<T> {
  return watchers.reduceRight<() => Promise<T>>((next, watch) => () => under(watch, attempt, next), send)();
}

async function under<T>(watch: Watcher, attempt: Try, next: () => Promise<T>): Promise<T> {
  let answer: { readonly is: T } | undefined;
  await watch(attempt, async () => {
    answer = { is: await next() };
  });
  if (!answer) throw new Error("a watcher must send or throw");
  return answer.is;
}
