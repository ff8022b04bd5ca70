import { errors, type Problem, type Route } from "@gatehouse/contract";
import { config } from "@gatehouse/core/config";
import { AuthError, toAuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import type { Incoming, Outgoing } from "./event.ts";
import { fieldErrors, type Violation } from "./field-errors.ts";

/**
 * Turns whatever was thrown into the one error shape of this API (RFC 9457). Middy's own mapper is not used: it
 * answers plain text, and passes on the message of any error that carries a status below 500, the SDK's included.
 */
export function errorMapper(route: Route): MiddlewareObj<Incoming, Outgoing> {
  const { issuer } = config();
  return {
    onError: (request) => {
      const error = refusalByMiddy(request.error, route) ?? toAuthError(request.error);
      // The log, which comes later, tells of the same error.
      request.error = error;
      request.response = {
        statusCode: errors[error.code].status,
        headers: {
          "Content-Type": "application/problem+json; charset=utf-8",
          "Cache-Control": "no-store",
          ...challenge(error, route),
        },
        body: JSON.stringify(describe(error, issuer, request.event.requestContext.requestId)),
      };
    },
  };
}

/** Told by the package in the cause. The parser's own message quotes the body, so it is not kept. */
function refusalByMiddy(error: unknown, route: Route): AuthError | undefined {
  const { statusCode, cause } = (error ?? {}) as {
    statusCode?: number;
    cause?: { package?: string; data?: unknown };
  };
  if (cause?.package === "@middy/http-json-body-parser") {
    return new AuthError(statusCode === 415 ? "unsupported_media_type" : "invalid_json");
  }
  if (cause?.package === "@middy/validator") {
    const violations = cause.data as readonly Violation[];
    if (violations.some(({ instancePath }) => instancePath.startsWith("/pathParameters"))) {
      return new AuthError("not_found");
    }
    return new AuthError("validation_failed", { fields: fieldErrors(violations, route.body ?? route.query) });
  }
  return undefined;
}

function describe({ code, fields }: AuthError, issuer: string, requestId: string): Problem {
  const { status, title, description } = errors[code];
  return {
    type: `${issuer}/problems/${code}`,
    title,
    status,
    detail: description,
    instance: `urn:request:${requestId}`,
    code,
    ...(fields.length > 0 ? { errors: [...fields] } : {}),
  };
}

/** What some must say besides (RFC 6750 section 3, RFC 9110 sections 11.6.1 and 10.2.3, RFC 6585 section 4). */
function challenge({ code, cause, retryAfterSeconds }: AuthError, route: Route): Record<string, string> {
  if (retryAfterSeconds !== undefined) return { "Retry-After": String(retryAfterSeconds) };
  if (code === "insufficient_scope") {
    return { "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${route.scope}"` };
  }
  if (errors[code].status !== 401) return {};
  const presented = code === "invalid_token" && cause !== undefined;
  return { "WWW-Authenticate": presented ? 'Bearer error="invalid_token"' : "Bearer" };
}
