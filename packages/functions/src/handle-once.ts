import type { AnswerOf, Route } from "@gatehouse/contract";
import * as Idempotency from "@gatehouse/core/idempotency";
import { pipeline } from "./handle.ts";
import { respond } from "./pipeline/answer.ts";
import type { Incoming, Outgoing } from "./pipeline/event.ts";
import { readIdempotencyKey } from "./pipeline/idempotency-key.ts";
import { inRequest } from "./pipeline/in-request.ts";
import { type Input, inputOf } from "./pipeline/input.ts";

/** A route that honours the header `Idempotency-Key`. */
type IdempotentRoute = Route & { readonly idempotent: true };

/**
 * As `handle`, for a route that honours an idempotency key: tries of one operation that carry the same key are run
 * once and all get its answer. `run` is told the id of that run, which a repeated one shares, so that it knows what it
 * has done already. Without a key every request is a run of its own.
 */
export function handleOnce<R extends IdempotentRoute>(
  route: R,
  run: (input: Input<R> & { readonly run: Idempotency.Run }) => Promise<AnswerOf<R>>,
) {
  const once = async (event: Incoming): Promise<Outgoing> => {
    const operation = {
      route: route.name,
      userId: event.actor?.userId,
      key: readIdempotencyKey(event.headers),
      request: event.body,
    };
    const input = inputOf<R>(event);
    return respond(route, await Idempotency.once(operation, (id) => run({ ...input, run: id })));
  };
  return pipeline(route).handler(inRequest(once));
}
