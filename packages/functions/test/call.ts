import type { Context } from "aws-lambda";
import type { Outgoing } from "../src/pipeline/event.ts";
import { expectDocumented, isDocumented, type Place } from "./documented.ts";
import { eventOf, type Request } from "./event.ts";
import { rememberExchange } from "./leaks.ts";
import { expectGoodManners } from "./response-rules.ts";

/** An answer as a client sees it: header names in lower case, the body parsed, undefined where there is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it sets, one `Set-Cookie` each. */
  readonly cookies: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
  /** The body before it was parsed. */
  readonly text: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each handler has an event type of its own
export type Handler = (event: any, context: any) => unknown;

/** Calls a handler as Lambda does, and checks on its answer what holds for every answer of this API. */
export async function call(
  handler: Handler,
  request: Request = {},
  context: Context = lambdaContext,
): Promise<Answer> {
  // Lambda hands over JSON: nothing else survives, and nothing is shared with the caller.
  const event: unknown = JSON.parse(JSON.stringify(eventOf(request)));
  const outgoing = (await handler(event, context)) as Outgoing;
  const { statusCode = 0, headers = {}, cookies = [], body: text = "" } = outgoing;
  const body = text === "" ? undefined : JSON.parse(text);
  const answer = { status: statusCode, headers: lowerCased(headers), cookies, body, text };
  rememberExchange(request, answer);
  expectGoodManners(answer);
  const { route } = handler as unknown as { readonly route: Place };
  if (isDocumented(route)) expectDocumented(route, answer);
  return answer;
}

export const lambdaContext = {
  awsRequestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  functionName: "gatehouse-test",
  functionVersion: "$LATEST",
  memoryLimitInMB: "512",
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => 10_000,
} as Context;

function lowerCased(headers: NonNullable<Outgoing["headers"]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
