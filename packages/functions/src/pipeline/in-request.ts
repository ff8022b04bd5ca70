import { withRequest } from "@gatehouse/core/context";
import type { Incoming } from "./event.ts";
import { metaOf } from "./request-meta.ts";

type Run<T> = (event: Incoming, signal: AbortSignal) => Promise<T>;

/**
 * Makes what a handler does part of its request: what is counted and recorded on the way knows where it came from.
 * `run` is told when the time is up, as Middy tells it.
 */
export function inRequest<T>(run: Run<T>) {
  return (event: Incoming, _context: unknown, { signal }: { readonly signal: AbortSignal }): Promise<T> => {
    const { actor } = event;
    const session = actor === undefined ? {} : { sessionId: actor.sessionId };
    return withRequest({ ...metaOf(event), ...session }, () => run(event, signal));
  };
}
