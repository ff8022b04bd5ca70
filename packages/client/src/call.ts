import type { Caller } from "./caller.ts";
import type { Run } from "./methods.ts";
import type { RouteEntry } from "./request.ts";
import { abortable } from "./send.ts";
import type { Session } from "./session.ts";

/**
 * How a route is called that does nothing to the session: with its access token where it wants one, and once more with
 * another where that one was refused. Never a third time, and never after a 403: another token would change nothing.
 */
export function callOf(route: RouteEntry, ask: Caller, session: Session): Run {
  return async (input, options) => {
    const idempotencyKey = route.idempotent && (options.idempotencyKey ?? newIdempotencyKey());
    const carried = { ...options, idempotencyKey };
    if (!route.token) return ask(route, input, carried);
    const first = await abortable(session.freshToken(), options.signal);
    if (first.error) return first;
    const result = await ask(route, input, { ...carried, token: first.data });
    if (result.error?.status !== 401) return result;
    const second = await abortable(session.tokenInPlaceOf(first.data), options.signal);
    return second.error ? second : ask(route, input, { ...carried, token: second.data });
  };
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that are not secure. */
function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
