import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { Authorizers } from "./authorizer.ts";
import { ClientGone, readBody } from "./body.ts";
import { type Cors, readCorsRequest } from "./cors.ts";
import { newRequestId, newTraceId } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { pathAsSent, readRequest } from "./request.ts";
import { respond } from "./respond.ts";
import type { Router } from "./router.ts";
import type { ApiIdentity, GatewayRoute, RequestRecord } from "./types.ts";

/** The parts of a gateway that every request passes. */
export interface Pipeline {
  readonly api: ApiIdentity;
  readonly router: Router<GatewayRoute>;
  readonly authorizers: Authorizers;
  readonly cors: Cors | undefined;
  readonly integrationTimeoutSeconds: number;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** Answers one request of `node:http` and reports it. Rejects for nothing a client or a function does. */
export async function serve(
  pipeline: Pipeline,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { api, cors } = pipeline;
  const receivedAt = Date.now();
  const requestId = newRequestId();
  const crossOrigin = readCorsRequest(message);
  let routeKey: string | undefined;
  let fault: string | undefined;

  async function findAnswer(): Promise<Answer> {
    try {
      const request = readRequest(message, api.stage);
      const body = await readBody(message);
      const match = pipeline.router(request.method, request.segments);
      if (!match) {
        // A route that takes OPTIONS (its own, ANY or $default) gets its preflights, authorizer and all.
        const preflight = cors?.preflight(crossOrigin);
        if (preflight) return preflight;
        throw new Refusal(404);
      }
      routeKey = match.route.routeKey;
      const traceId = newTraceId(receivedAt);
      const exchange = { api, request, body, match, requestId, traceId, receivedAt };
      return decorate(await respond(exchange, pipeline.authorizers, pipeline.integrationTimeoutSeconds));
    } catch (thrown) {
      if (thrown instanceof ClientGone) throw thrown;
      const refusal = thrown instanceof Refusal ? thrown : new Refusal(500, String(thrown));
      fault = refusal.fault;
      return decorate(asAnswer(refusal));
    }
  }

  function decorate(answer: Answer): Answer {
    return cors ? cors.decorate(answer, crossOrigin) : answer;
  }

  try {
    const answer = await findAnswer();
    send(response, answer, requestId);
    pipeline.onRequest?.({
      requestId,
      method: crossOrigin.method,
      path: pathAsSent(message),
      routeKey,
      status: answer.status,
      durationMs: Date.now() - receivedAt,
      fault,
    });
  } catch (thrown) {
    if (!(thrown instanceof ClientGone)) throw thrown;
  }
}

function asAnswer({ status, body }: Refusal): Answer {
  return { status, headers: new Map([["content-type", "application/json"]]), body };
}

function send(response: ServerResponse, { status, headers, body }: Answer, requestId: string): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader("apigw-requestid", requestId);
  if (status !== 204 && status !== 304) response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
}
