import { withRequest } from "@gatehouse/core/context";
import { until } from "@gatehouse/core/deadline";
import { logAbout } from "@gatehouse/core/log";
import type { Incoming } from "./event.ts";
import { metaOf } from "./request-meta.ts";

interface Timing {
  /** Aborted by Middy when the time is up. */
  readonly signal: AbortSignal;
}

/**
 * Makes what a handler does part of its request: what is counted, recorded and logged on the way knows which it is, and
 * no call to another service outlives it.
 */
export function inRequest<T>(run: (event: Incoming) => Promise<T>) {
  return (event: Incoming, _context: unknown, { signal }: Timing): Promise<T> => {
    const meta = metaOf(event);
    const session = event.actor === undefined ? {} : { sessionId: event.actor.sessionId };
    return withRequest({ ...meta, ...session }, () =>
      logAbout({ correlationId: meta.requestId }, () => until(signal, () => run(event))),
    );
  };
}
