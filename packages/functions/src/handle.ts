import type { Route } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import middy from "@middy/core";
import { type Answer, respond } from "./pipeline/answer.ts";
import { cors } from "./pipeline/cors.ts";
import { credential } from "./pipeline/credential.ts";
import { errorMapper } from "./pipeline/error-mapper.ts";
import type { Incoming, Outgoing } from "./pipeline/event.ts";
import { inRequest } from "./pipeline/in-request.ts";
import { type Input, inputOf } from "./pipeline/input.ts";
import { jsonBody } from "./pipeline/json-body.ts";
import { pageGuard } from "./pipeline/page-guard.ts";
import { refusedConfiguration } from "./pipeline/refused-configuration.ts";
import { requestLog } from "./pipeline/request-log.ts";
import { securityHeaders } from "./pipeline/security-headers.ts";
import { tokenContext } from "./pipeline/token-context.ts";
import { validation } from "./pipeline/validation.ts";

/**
 * The Lambda behind one route: its pipeline, then `run`, whose result is the body of the route's answer.
 * What `run` throws becomes a problem document: an `AuthError` with its own code, anything else a bare 500. A route
 * that honours an `Idempotency-Key` has `handleOnce` instead.
 */
export function handle<R extends Route & { readonly idempotent?: never }>(
  route: R,
  run: (input: Input<R>) => Answer<R> | Promise<Answer<R>>,
) {
  return pipeline(route).handler(
    inRequest(async (event): Promise<Outgoing> => respond(route, await run(inputOf<R>(event)))),
  );
}

/** How long before Lambda cuts it off a function answers that it cannot: enough to say so, and to write its log. */
const reservedMs = 1000;

/**
 * Every request passes these, in this order. Middy runs `after` and `onError` hooks from the last to the first,
 * so what decorates an answer stands above the error mapper, and the log, which must see the finished answer,
 * stands on top.
 */
export function pipeline(route: Route) {
  const passed = middy<Incoming, Outgoing>({ timeoutEarlyInMillis: reservedMs, timeoutEarlyResponse: giveUp })
    .use(requestLog(route))
    .use(securityHeaders())
    .use(cors())
    .use(errorMapper(route))
    .use(refusedConfiguration())
    .use(jsonBody(route))
    .use(validation(route))
    .use(pageGuard(route))
    .use(credential(route))
    .use(tokenContext(route));
  // Whoever has the handler may ask which route it is of: the tests hold its answers to the OpenAPI document.
  return Object.assign(passed, { route });
}

/** What was begun may be written or not, as after any answer that was lost. */
function giveUp(): never {
  throw new AuthError("unavailable", { cause: "the time was up" });
}
