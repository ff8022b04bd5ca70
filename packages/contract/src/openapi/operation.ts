import type { TSchema } from "typebox";
import { type AnyExchange, examplesOf } from "../examples/index.ts";
import type { Route } from "../route.ts";
import type { RouteName } from "../routes.ts";
import { cacheControl, setCookie } from "./headers.ts";
import { notes } from "./notes.ts";
import { parametersOf } from "./parameters.ts";
import { problemResponses } from "./problems.ts";
import { refer } from "./schemas.ts";
import { securityOf } from "./security.ts";
import type { MediaType, Operation, RequestBody, Response } from "./types.ts";

/** What is said of one route. */
export function operationOf(route: Route): Operation {
  const { tag, description } = notes[route.name as RouteName];
  const parameters = parametersOf(route);
  return {
    operationId: route.name,
    tags: [tag],
    summary: route.summary,
    ...(description && { description }),
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: requestBody(route, route.body) }),
    responses: { [route.answer.status]: success(route), ...problemResponses(route) },
  };
}

/** Of the statuses of a success. */
const meanings: Readonly<Record<number, string>> = {
  200: "Here it is.",
  201: "It is made.",
  202: "It will be done, if it can be.",
};

/** The refresh token may be in the cookie, and then there is nothing to send. */
function requestBody(route: Route, schema: TSchema): RequestBody {
  return {
    required: route.credentials === undefined,
    content: { "application/json": mediaType(route, schema, ({ body }) => body) },
  };
}

function success(route: Route): Response {
  const { body } = route.answer;
  const { cookie } = notes[route.name as RouteName];
  return {
    description: meanings[route.answer.status] ?? "It is done.",
    headers: {
      "Cache-Control": cacheControl(route.cacheSeconds),
      ...(cookie && { "Set-Cookie": setCookie(cookie, body === undefined) }),
    },
    ...(body && { content: { "application/json": mediaType(route, body, ({ answer }) => answer) } }),
  };
}

function mediaType(route: Route, schema: TSchema, pick: (exchange: AnyExchange) => unknown): MediaType {
  const shown = examplesOf(route.name).map(
    ([name, exchange]) => [name, { summary: exchange.summary, value: pick(exchange) }] as const,
  );
  return { schema: refer(schema), examples: Object.fromEntries(shown) };
}
