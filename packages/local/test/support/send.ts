import { expect } from "vitest";
import { expectDocumented, placeOf } from "../../../functions/test/documented.ts";
import { rememberExchange } from "../../../functions/test/leaks.ts";

/** A request to a house that serves HTTP. */
export interface Message {
  /** Goes into `Authorization` as a bearer token. */
  readonly token?: string | undefined;
  /** Goes out as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed, or undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

/** Sends `GET /me` or the like to the house at this URL, whose answer must stand in the OpenAPI document. */
export async function send(url: string, what: string, message: Message = {}): Promise<Answer> {
  const [method = "GET", path = "/"] = what.split(" ");
  const { token, body, headers } = message;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = {
    status: response.status,
    headers: response.headers,
    body: text ? JSON.parse(text) : undefined,
  };
  const sent = { body, ...(token === undefined ? {} : { headers: { authorization: token } }) };
  rememberExchange(sent, { body: answer.body, cookies: response.headers.getSetCookie() });
  expectInDocument(method, new URL(url + path).pathname, answer);
  return answer;
}

/** The gateway's own answers stand there too. A preflight does not, nor what is beside the API. */
function expectInDocument(method: string, path: string, { status, headers, body }: Answer): void {
  const place = placeOf(method, path);
  if (place) {
    const answer = { status, headers: Object.fromEntries(headers), cookies: headers.getSetCookie(), body };
    expectDocumented(place, answer);
  } else if (method !== "OPTIONS" && !/^\/(?:_local|docs)(?:\/|$)/.test(path)) {
    expect([status, body]).toEqual([404, { message: "Not Found" }]);
  }
}
