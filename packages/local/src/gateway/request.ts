import type { Incoming } from "./incoming.ts";
import { Refusal } from "./refusal.ts";

/** Bytes of the request line and all header values (API Gateway developer guide, "HTTP API quotas"). */
const LARGEST_HEAD = 10_240;

/** A request without its body, read the way API Gateway reads it. */
export interface GatewayRequest {
  readonly method: string;
  /** Percent-decoded, with the stage: despite its name, `rawPath` of an HTTP API's event is decoded. */
  readonly path: string;
  /** The segments after the stage, decoded one by one: `%2F` inside one does not divide it. */
  readonly segments: readonly string[];
  /** Without the question mark, as sent. */
  readonly rawQueryString: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** In the order and case they were sent in. */
  readonly headerLines: readonly (readonly [name: string, value: string])[];
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** `HTTP/1.1` */
  readonly protocol: string;
  /** The socket's, whatever `X-Forwarded-For` says. */
  readonly sourceIp: string;
  readonly localPort: number;
}

/** Throws a `Refusal`: 400 malformed percent-encoding, 404 another stage's path, 431 too long. */
export function readRequest(incoming: Incoming, stage: string): GatewayRequest {
  const { method = "GET", url = "/", httpVersion, rawHeaders, socket } = incoming;
  const headerLines = pairs(rawHeaders);
  const headers = Map.groupBy(headerLines, ([name]) => name.toLowerCase());
  const protocol = `HTTP/${httpVersion}`;

  const line = `${method} ${url} ${protocol}`;
  const head = headerLines.reduce((length, [, value]) => length + value.length, line.length);
  if (head > LARGEST_HEAD) throw new Refusal(431);

  const [rawPath = "/", rawQueryString = ""] = splitOnce(originForm(url), "?");
  return {
    method,
    path: decode(rawPath),
    segments: segmentsAfter(stage, rawPath),
    rawQueryString,
    query: parseQuery(rawQueryString),
    headerLines,
    headers: new Map([...headers].map(([name, lines]) => [name, lines.map(([, value]) => value)])),
    protocol,
    sourceIp: (socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    localPort: socket.localPort ?? 0,
  };
}

/** The path without the query, for the record of a request that may be unreadable. */
export function pathAsSent({ url = "/" }: Pick<Incoming, "url">): string {
  return splitOnce(originForm(url), "?")[0] ?? "/";
}

/** RFC 9112 section 3.2.2: a server accepts the absolute form too. */
function originForm(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, "") || "/";
}

function segmentsAfter(stage: string, rawPath: string): string[] {
  const [first, ...segments] = rawPath.split("/").map(decode);
  if (first !== "") throw new Refusal(404);
  if (stage === "$default") return segments;
  if (segments.shift() !== stage) throw new Refusal(404);
  return segments.length > 0 ? segments : [""];
}

function parseQuery(rawQueryString: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  for (const part of rawQueryString.split("&")) {
    if (part === "") continue;
    const [name = "", value = ""] = splitOnce(part.replaceAll("+", " "), "=").map(decode);
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400);
  }
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function pairs(flat: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index < flat.length; index += 2) {
    result.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  }
  return result;
}
