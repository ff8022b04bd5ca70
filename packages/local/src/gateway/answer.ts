import { validateHeaderName, validateHeaderValue } from "node:http";
import { isObject } from "./json.ts";

/** What goes to the client. Header names are in lower case; a list makes one line each. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string | readonly string[]>;
  readonly body: Buffer | string;
}

export class MalformedResult extends Error {
  override readonly name = "MalformedResult";
}

/** API Gateway sets these itself or they belong to one connection. */
const NOT_FORWARDED = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * Reads an integration's result as payload format 2.0 (API Gateway developer guide, "Create AWS Lambda proxy
 * integrations for HTTP APIs"): an object with a `statusCode` is a response, anything else is the body of a 200.
 * Throws `MalformedResult`, saying what is wrong.
 */
export function readResult(result: unknown): Answer {
  if (!isObject(result) || result["statusCode"] === undefined) {
    const body = typeof result === "string" ? result : (JSON.stringify(result) ?? "null");
    return { status: 200, headers: new Map([["content-type", "application/json"]]), body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = readStatus(statusCode);
  const read = readHeaders(headers);
  if (!read.has("content-type") && status !== 204 && status !== 304) {
    read.set("content-type", "text/plain;charset=UTF-8");
  }
  const setCookie = readCookies(cookies, read.get("set-cookie"));
  if (setCookie.length > 0) read.set("set-cookie", setCookie);
  return { status, headers: read, body: readBody(body, isBase64Encoded) };
}

function readStatus(statusCode: unknown): number {
  const status =
    typeof statusCode === "string" && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new MalformedResult(`statusCode is ${JSON.stringify(statusCode)}`);
  }
  return status;
}

function readHeaders(headers: unknown): Map<string, string | readonly string[]> {
  const read = new Map<string, string | readonly string[]>();
  if (headers === undefined || headers === null) return read;
  if (!isObject(headers)) throw new MalformedResult("headers is not an object");
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw new MalformedResult(`the header ${name} is neither text, a number nor a boolean`);
    }
    const text = String(value);
    checkHeader(name, text);
    if (!NOT_FORWARDED.has(name.toLowerCase())) read.set(name.toLowerCase(), text);
  }
  return read;
}

function readCookies(cookies: unknown, header: string | readonly string[] | undefined): string[] {
  const first = header === undefined ? [] : [header].flat();
  if (cookies === undefined || cookies === null) return first;
  if (!Array.isArray(cookies)) throw new MalformedResult("cookies is not a list");
  for (const cookie of cookies) {
    if (typeof cookie !== "string") throw new MalformedResult("a cookie is not text");
    checkHeader("set-cookie", cookie);
  }
  return [...first, ...cookies];
}

function readBody(body: unknown, isBase64Encoded: unknown): Buffer | string {
  if (body === undefined || body === null) return "";
  if (typeof body !== "string") throw new MalformedResult("body is not text");
  if (isBase64Encoded !== undefined && isBase64Encoded !== null && typeof isBase64Encoded !== "boolean") {
    throw new MalformedResult("isBase64Encoded is not a boolean");
  }
  if (!isBase64Encoded) return body;
  if (!BASE64.test(body)) throw new MalformedResult("body is not base64");
  return Buffer.from(body, "base64");
}

function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new MalformedResult(`the header ${JSON.stringify(name)} cannot be sent`, { cause });
  }
}
