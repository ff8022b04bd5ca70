import { withRequest } from "@gatehouse/core/context";
import { until } from "@gatehouse/core/deadline";
import type { Incoming } from "./event.ts";
import { metaOf } from "./request-meta.ts";

interface Timing {
  /** Aborted by Middy when the time is up. */
  readonly signal: AbortSignal;
}

/**
 * Makes what a handler does part of its request: what is counted and recorded on the way knows where it came from, and
 * no call to another service outlives it.
 */
export function inRequest<T>(run: (event: Incoming) => Promise<T>) {
  return (event: Incoming, _context: unknown, { signal }: Timing): Promise<T> => {
    const { actor } = event;
    const session = actor === undefined ? {} : { sessionId: actor.sessionId };
    return withRequest({ ...metaOf(event), ...session }, () => until(signal, () => run(event)));
  };
}
