import type { AnswerOf, BodyOf, ParamsOf, ProtectedRoute, Route } from "@gatehouse/contract";
import middy from "@middy/core";
import { cors } from "./pipeline/cors.ts";
import { errorMapper } from "./pipeline/error-mapper.ts";
import type { Actor, Incoming, Meta, Outgoing } from "./pipeline/event.ts";
import { jsonBody } from "./pipeline/json-body.ts";
import { requestLog } from "./pipeline/request-log.ts";
import { metaOf } from "./pipeline/request-meta.ts";
import { securityHeaders } from "./pipeline/security-headers.ts";
import { tokenContext } from "./pipeline/token-context.ts";
import { validation } from "./pipeline/validation.ts";

/** What a handler is told. Only one behind the authorizer has an `actor`: asking for it elsewhere does not compile. */
type Input<R extends Route> = {
  readonly body: BodyOf<R>;
  readonly params: ParamsOf<R>;
  readonly meta: Meta;
} & (R extends ProtectedRoute ? { readonly actor: Actor } : unknown);

/**
 * The Lambda behind one route: its pipeline, then `run`, whose result is the body of the route's answer.
 * What `run` throws becomes a problem document: an `AuthError` with its own code, anything else a bare 500.
 */
export function handle<R extends Route>(
  route: R,
  run: (input: Input<R>) => AnswerOf<R> | Promise<AnswerOf<R>>,
) {
  return pipeline(route).handler(async (event: Incoming): Promise<Outgoing> => {
    const input = {
      body: event.body,
      params: event.pathParameters ?? {},
      meta: metaOf(event),
      actor: event.actor,
    };
    const answer = await run(input as unknown as Input<R>);
    return {
      statusCode: route.answer.status,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Cache-Control": route.cacheSeconds ? `public, max-age=${route.cacheSeconds}` : "no-store",
      },
      body: JSON.stringify(answer),
    };
  });
}

/**
 * Every request passes these, in this order. Middy runs `after` and `onError` hooks from the last to the first,
 * so what decorates an answer stands above the error mapper, and the log, which must see the finished answer,
 * stands on top.
 */
export function pipeline(route: Route) {
  return middy<Incoming, Outgoing>({ timeoutEarlyInMillis: 0 })
    .use(requestLog(route))
    .use(securityHeaders())
    .use(cors())
    .use(errorMapper(route))
    .use(jsonBody(route))
    .use(validation(route))
    .use(tokenContext(route));
}
