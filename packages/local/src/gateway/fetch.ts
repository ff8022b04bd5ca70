import { STATUS_CODES } from "node:http";
import type { Answer } from "./answer.ts";
import { ClientGone } from "./body.ts";
import type { Incoming } from "./incoming.ts";
import { answer, createPipeline, type PipelineOptions } from "./pipeline.ts";

/** What Node's own fetch adds where a call has none of it. */
const defaults: readonly [name: string, value: string][] = [
  ["accept", "*/*"],
  ["accept-language", "*"],
  ["sec-fetch-mode", "cors"],
  ["user-agent", "node"],
  ["accept-encoding", "gzip, deflate"],
];

/** What belongs to a connection or is counted from the body: no caller sets it (Fetch standard, "HTTP-network fetch"). */
const notTheCallers = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** Fetch standard, "Statuses": an answer with one of these has no body. */
const withoutBody = new Set([204, 205, 304]);

/**
 * A `fetch` whose every call this gateway answers in this process: from event to authorizer to handler with no socket in
 * between. It asks nobody else, whatever host a URL names. It keeps no cookies, so a caller gives `cookie` itself and
 * finds `Set-Cookie` in the answer, and follows no redirect. Throws an `Error` for routes, authorizers or CORS settings
 * that AWS would not accept.
 */
export function createFetch(options: PipelineOptions): typeof fetch {
  const pipeline = createPipeline(options);
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      // Who hangs up hears no answer, and the function runs on, as it does behind a socket.
      return toResponse(
        await Promise.race([answer(pipeline, toIncoming(request)), aborted.promise]),
        request,
      );
    } catch (thrown) {
      if (!(thrown instanceof ClientGone)) throw thrown;
      throw signal.aborted ? signal.reason : new TypeError("fetch failed", thrown);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  };
}

function toIncoming(request: Request): Incoming {
  const url = new URL(request.url);
  const given = [...request.headers].filter(([name]) => !notTheCallers.has(name));
  const added = defaults.filter(([name]) => !request.headers.has(name));
  const lines = [["host", url.host], ["connection", "keep-alive"], ...given, ...added];
  return {
    method: request.method,
    url: url.pathname + url.search,
    httpVersion: "1.1",
    rawHeaders: lines.flat(),
    headers: Object.fromEntries(given),
    socket: {
      remoteAddress: "127.0.0.1",
      localPort: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    },
    async *[Symbol.asyncIterator]() {
      if (request.body) yield* request.body;
    },
  };
}

function toResponse({ status, headers, body }: Answer, { method }: Request): Response {
  const lines = [...headers].flatMap(([name, value]) =>
    [value].flat().map((line): [string, string] => [name, line]),
  );
  const isEmpty = method === "HEAD" || withoutBody.has(status);
  const content = typeof body === "string" ? body : new Uint8Array(body);
  return new Response(isEmpty ? null : content, {
    status,
    statusText: STATUS_CODES[status] ?? "",
    headers: lines,
  });
}
