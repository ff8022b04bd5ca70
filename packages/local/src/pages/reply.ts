import type { ServerResponse } from "node:http";
import type { Html } from "./html.ts";

/** No script, style or form but our own files and none in a page; nobody frames a page of ours. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const always = {
  "cache-control": "no-store",
  "content-security-policy": pagePolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  vary: "accept",
};

/** What a page answers. Headers given here win over those that every answer has. */
export interface Reply {
  readonly status?: number;
  readonly type?: "text/html" | "application/json" | "text/plain" | "text/css" | "text/javascript";
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function page(markup: Html, reply: Reply = {}): Reply {
  return { type: "text/html", body: `<!doctype html>\n${markup.text}\n`, ...reply };
}

export function json(value: unknown, reply: Reply = {}): Reply {
  return { type: "application/json", body: `${JSON.stringify(value, undefined, 2)}\n`, ...reply };
}

export function plain(status: number, line: string): Reply {
  return { status, type: "text/plain", body: `${line}\n` };
}

export function send(response: ServerResponse, { status = 200, type, body = "", headers }: Reply): void {
  const typed = type && { "content-type": `${type}; charset=utf-8` };
  const length = status === 204 || status === 304 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...always, ...typed, ...length, ...headers });
  response.end(body);
}
