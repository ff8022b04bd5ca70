import { withRequest } from "@gatehouse/core/context";
import type { Incoming } from "./event.ts";
import { metaOf } from "./request-meta.ts";

/** Makes what a handler does part of its request: what is counted and recorded on the way knows where it came from. */
export function inRequest<T>(run: (event: Incoming) => Promise<T>): (event: Incoming) => Promise<T> {
  return (event) => {
    const { actor } = event;
    const session = actor === undefined ? {} : { sessionId: actor.sessionId };
    return withRequest({ ...metaOf(event), ...session }, () => run(event));
  };
}
