import type { AnswerOf, Route } from "@gatehouse/contract";
import type { Outgoing } from "./event.ts";

/** An answer that sets cookies besides. Payload format 2.0 has a list for them, one `Set-Cookie` each. */
export class WithCookies<Body> {
  readonly body: Body;
  readonly cookies: readonly string[];

  constructor(body: Body, cookies: readonly string[]) {
    this.body = body;
    this.cookies = cookies;
  }
}

/** What the handler of a route answers: the body its contract says, with or without cookies. */
export type Answer<R extends Route> = AnswerOf<R> | WithCookies<AnswerOf<R>>;

/** Makes the HTTP answer. Nobody may keep it unless the route says for how long. */
export function respond(route: Route, answer: unknown): Outgoing {
  const { body, cookies } = answer instanceof WithCookies ? answer : new WithCookies(answer, []);
  return {
    statusCode: route.answer.status,
    headers: {
      "Cache-Control": route.cacheSeconds ? `public, max-age=${route.cacheSeconds}` : "no-store",
      ...(body === undefined ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
  };
}
