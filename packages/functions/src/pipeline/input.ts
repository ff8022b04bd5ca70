import type { BodyOf, ParamsOf, ProtectedRoute, QueryOf, Route } from "@gatehouse/contract";
import type { Actor, Credential, Incoming, Meta } from "./event.ts";
import { readRefreshCookies } from "./refresh-cookie.ts";
import { metaOf } from "./request-meta.ts";

/** What every handler is told. */
interface Told<R extends Route> {
  readonly body: BodyOf<R>;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly meta: Meta;
  /** The refresh tokens that came in cookies, whatever they are worth. */
  readonly cookieTokens: readonly string[];
}

/**
 * What the handler of a route is told. Only one behind the authorizer has an `actor`, and only one that takes a
 * refresh token has a `credential`: asking for either elsewhere does not compile.
 */
export type Input<R extends Route> = Told<R> &
  (R extends ProtectedRoute ? { readonly actor: Actor } : unknown) &
  (R extends { credentials: "refresh-token" }
    ? { readonly credential: Credential & { type: "refresh" } }
    : unknown) &
  (R extends { credentials: "refresh-or-access-token" } ? { readonly credential: Credential } : unknown);

/** Reads the input out of an event that has passed the pipeline, which has made sure of all of it. */
export function inputOf<R extends Route>(event: Incoming): Input<R> {
  const { body, pathParameters: params = {}, queryStringParameters: query = {}, actor, credential } = event;
  const told = { body, params, query, meta: metaOf(event), cookieTokens: readRefreshCookies(event) };
  return { ...told, actor, credential } as unknown as Input<R>;
}
