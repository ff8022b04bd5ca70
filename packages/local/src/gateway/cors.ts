import type { Answer } from "./answer.ts";
import type { Incoming } from "./incoming.ts";
import type { CorsConfiguration } from "./types.ts";

/** What a request says about where it comes from. */
export interface CorsRequest {
  readonly method: string;
  readonly origin: string | undefined;
  /** The header `Access-Control-Request-Method`. */
  readonly requestedMethod: string | undefined;
}

export function readCorsRequest({ method = "GET", headers }: Incoming): CorsRequest {
  return { method, origin: headers.origin, requestedMethod: headers["access-control-request-method"] };
}

/** The CORS half of a gateway (API Gateway developer guide, "Configure CORS for HTTP APIs"). */
export interface Cors {
  /** The answer to a preflight that no route takes; undefined where the request is none. */
  preflight(request: CorsRequest): Answer | undefined;
  /** Takes an answer's own CORS headers away and adds the configured ones for an allowed origin. */
  decorate(answer: Answer, request: CorsRequest): Answer;
}

/** Throws an `Error` for a configuration AWS refuses: credentials for any origin. */
export function createCors(configuration: CorsConfiguration): Cors {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = configuration;
  const allowsAny = allowOrigins.includes("*");
  if (allowsAny && allowCredentials) {
    throw new Error("cors.allowCredentials is not supported if allowOrigins has *");
  }

  function originHeaders({ origin }: CorsRequest): [string, string][] {
    if (origin === undefined || !isAllowed(origin)) return [];
    return [
      ["access-control-allow-origin", allowsAny ? "*" : origin],
      ...(allowCredentials ? [["access-control-allow-credentials", "true"] as [string, string]] : []),
    ];
  }

  function isAllowed(origin: string): boolean {
    return allowOrigins.some((allowed) => {
      if (allowed === "*") return true;
      if (allowed === "https://*" || allowed === "http://*") return origin.startsWith(allowed.slice(0, -1));
      return allowed === origin;
    });
  }

  function decorate(answer: Answer, added: readonly [string, string][]): Answer {
    const kept = [...answer.headers].filter(([name]) => !name.startsWith("access-control-"));
    const headers = new Map([...kept, ...added]);
    // Whatever the origin, another one may get another answer: caches have to know (Fetch standard, "CORS
    // protocol and HTTP caches").
    if (!allowsAny) headers.set("vary", withOrigin(headers.get("vary")));
    return { ...answer, headers };
  }

  return {
    preflight(request) {
      if (request.method !== "OPTIONS") return undefined;
      if (request.origin === undefined || request.requestedMethod === undefined) return undefined;
      const added = originHeaders(request);
      if (added.length > 0) {
        if (allowMethods?.length) added.push(["access-control-allow-methods", allowMethods.join(",")]);
        if (allowHeaders?.length) added.push(["access-control-allow-headers", allowHeaders.join(",")]);
        if (maxAge !== undefined) added.push(["access-control-max-age", String(maxAge)]);
      }
      return decorate({ status: 204, headers: new Map(), body: "" }, added);
    },
    decorate(answer, request) {
      const added = originHeaders(request);
      if (added.length > 0 && exposeHeaders?.length) {
        added.push(["access-control-expose-headers", exposeHeaders.join(",")]);
      }
      return decorate(answer, added);
    },
  };
}

function withOrigin(vary: string | readonly string[] | undefined): string {
  const names = [vary ?? []]
    .flat()
    .flatMap((line) => line.split(","))
    .map((name) => name.trim());
  const kept = names.filter((name) => name !== "");
  return kept.some((name) => /^(?:origin|\*)$/i.test(name))
    ? kept.join(", ")
    : [...kept, "origin"].join(", ");
}
