import type { Static, TSchema } from "typebox";
import type { ErrorCode } from "./errors.ts";
import type { Scope } from "./scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface RouteDefinition {
  readonly method: Method;
  /** As API Gateway writes it: `/me/sessions/{sessionId}`. */
  readonly path: `/${string}`;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  /** The JSON body. A route without one does not look at what is sent. */
  readonly body?: TSchema;
  /** The variables of `path`. */
  readonly params?: TSchema;
  /** What may stand in the query string: texts, each of which may be left out. */
  readonly query?: TSchema;
  /** Without a schema the answer has no body (204). */
  readonly answer: { readonly status: number; readonly body?: TSchema };
  /** Honours the header `Idempotency-Key`: a try that is repeated with it gets the first one's answer. */
  readonly idempotent?: true;
  /** How long anybody may keep the answer. Without it: not at all. */
  readonly cacheSeconds?: number;
  /** The codes this route answers beyond those that every route of its kind does. */
  readonly errors: readonly ErrorCode[];
}

/** Anybody may call it. Its handler is never told of a user. */
export interface PublicRoute extends RouteDefinition {
  readonly authorizer: "none";
  readonly scope?: never;
  readonly credentials?: never;
}

/**
 * Called with a refresh token, from the body or from the cookie, and so checked for the page it comes from.
 * Where an access token does as well, it is looked at last.
 */
export interface RefreshRoute extends RouteDefinition {
  readonly authorizer: "none";
  readonly scope?: never;
  readonly credentials: "refresh-token" | "refresh-or-access-token";
}

/** The gateway asks the authorizer first; the handler checks the scope again. */
export interface ProtectedRoute extends RouteDefinition {
  readonly authorizer: "token";
  readonly scope: Scope;
  readonly credentials?: never;
}

export type Route = (PublicRoute | RefreshRoute | ProtectedRoute) & { readonly name: string };

/** Paths that speak of the caller. A route below one of them must have the authorizer. */
type OwnPath = "/me" | `/me/${string}`;

/** What does not compile: a scope without the authorizer, the authorizer without a scope, `/me` without either. */
type Guarded<T extends RouteDefinition> = T extends { path: OwnPath }
  ? ProtectedRoute
  : PublicRoute | RefreshRoute | ProtectedRoute;

type Named<T> = { readonly [Name in keyof T]: T[Name] & { readonly name: Name } };

/** Makes the route table: checks each entry's kind by its type and tells it its own name. */
export function defineRoutes<const T extends { [Name in keyof T]: Guarded<T[Name] & RouteDefinition> }>(
  table: T,
): Named<T> {
  const named = Object.entries<object>(table).map(([name, entry]) => [name, { ...entry, name }]);
  return Object.fromEntries(named) as Named<T>;
}

export type BodyOf<R extends Route> = R extends { body: infer S extends TSchema } ? Static<S> : undefined;

export type ParamsOf<R extends Route> = R extends { params: infer S extends TSchema }
  ? Static<S>
  : Record<never, never>;

export type QueryOf<R extends Route> = R extends { query: infer S extends TSchema }
  ? Static<S>
  : Record<never, never>;

export type AnswerOf<R extends Route> = R["answer"] extends { body: infer S extends TSchema }
  ? Static<S>
  : undefined;

/** The file of a route's handler, without its ending: `changeMe` is in `change-me.ts`. */
export function handlerFile(routeName: string): string {
  return routeName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
