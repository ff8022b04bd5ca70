import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from "../route.ts";

/** A request to a route and its answer, as far as the route has a body, params, a query and an answer with a body. */
export type Exchange<R extends Route> = { readonly summary: string } & (BodyOf<R> extends undefined
  ? unknown
  : { readonly body: BodyOf<R> }) &
  (R extends { params: object } ? { readonly params: ParamsOf<R> } : unknown) &
  (R extends { query: object } ? { readonly query: QueryOf<R> } : unknown) &
  (AnswerOf<R> extends undefined ? unknown : { readonly answer: AnswerOf<R> });

/** One of whichever route. */
export interface AnyExchange {
  readonly summary: string;
  readonly body?: object;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly answer?: object;
}
