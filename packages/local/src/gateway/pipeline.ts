import type { Answer } from "./answer.ts";
import { type Authorizers, createAuthorizers } from "./authorizer.ts";
import { ClientGone, readBody } from "./body.ts";
import { type Cors, createCors, readCorsRequest } from "./cors.ts";
import { newRequestId, newTraceId } from "./exchange.ts";
import type { Incoming } from "./incoming.ts";
import { Refusal } from "./refusal.ts";
import { pathAsSent, readRequest } from "./request.ts";
import { respond } from "./respond.ts";
import { createRouter, type Router } from "./router.ts";
import type { ApiIdentity, GatewayOptions, GatewayRoute, RequestRecord } from "./types.ts";

/** The parts of a gateway that every request passes, however it comes in. */
export interface Pipeline {
  readonly api: ApiIdentity;
  readonly router: Router<GatewayRoute>;
  readonly authorizers: Authorizers;
  readonly cors: Cors | undefined;
  readonly integrationTimeoutSeconds: number;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

/** What of a gateway's options is not about where it listens. */
export type PipelineOptions = Omit<GatewayOptions, "port" | "host" | "beside">;

/** Throws an `Error` for routes, authorizers or CORS settings that AWS would not accept. */
export function createPipeline(options: PipelineOptions): Pipeline {
  return {
    api: {
      stage: options.stage ?? "$default",
      stageVariables: options.stageVariables,
      apiId: options.apiId ?? "local",
      accountId: options.accountId ?? "000000000000",
      region: options.region ?? "us-east-1",
    },
    router: createRouter(options.routes),
    authorizers: createAuthorizers(options.routes, options.authorizerTimeoutSeconds ?? 10),
    cors: options.cors && createCors(options.cors),
    integrationTimeoutSeconds: options.integrationTimeoutSeconds ?? 30,
    onRequest: options.onRequest,
  };
}

/**
 * Answers one request and reports it. Throws `ClientGone` where the request breaks off, and for nothing else that a
 * client or a function does.
 */
export async function answer(pipeline: Pipeline, incoming: Incoming): Promise<Answer> {
  const { api, cors } = pipeline;
  const receivedAt = Date.now();
  const requestId = newRequestId();
  const crossOrigin = readCorsRequest(incoming);
  let routeKey: string | undefined;
  let fault: string | undefined;

  async function findAnswer(): Promise<Answer> {
    try {
      const request = readRequest(incoming, api.stage);
      const body = await readBody(incoming);
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

  function decorate(found: Answer): Answer {
    return cors ? cors.decorate(found, crossOrigin) : found;
  }

  const { status, headers, body } = await findAnswer();
  pipeline.onRequest?.({
    requestId,
    method: crossOrigin.method,
    path: pathAsSent(incoming),
    routeKey,
    status,
    durationMs: Date.now() - receivedAt,
    fault,
  });
  const all = new Map([...headers, ["apigw-requestid", requestId]]);
  if (status !== 204 && status !== 304) all.set("content-length", String(Buffer.byteLength(body)));
  return { status, headers: all, body };
}

function asAnswer({ status, body }: Refusal): Answer {
  return { status, headers: new Map([["content-type", "application/json"]]), body };
}
