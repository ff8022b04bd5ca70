import { config } from "@gatehouse/core/config";
import type { MiddlewareObj, Request } from "@middy/core";
import httpCors from "@middy/http-cors";
import type { Incoming, Outgoing } from "./event.ts";

/**
 * CORS for the configured origins, compared whole, and not a word to any other. Where the gateway has CORS
 * configured it discards these headers and adds its own from the same setting (API Gateway guide, "Configure CORS
 * for HTTP APIs"); they matter where a handler stands behind something else. Preflights never get this far.
 */
export function cors(): MiddlewareObj<Incoming, Outgoing> {
  const origins = [...config().allowedOrigins];
  const { after } = httpCors({ origins, credentials: true }) as Required<MiddlewareObj<Incoming, Outgoing>>;
  const decorate = async (request: Request<Incoming, Outgoing>) => {
    if (origins.includes(request.event.headers["origin"] ?? "")) await after(request);
    else if (origins.length > 0) request.response = varying(request.response);
  };
  return { after: decorate, onError: decorate };
}

/** Tells caches that the answer would be another for another origin. */
function varying(response: Outgoing | null | undefined): Outgoing {
  return { ...response, headers: { ...response?.headers, Vary: "Origin" } };
}
