import type { ApiErrorCode, FieldError } from "./api.generated.ts";
import { GatehouseError, isApiErrorCode } from "./error.ts";

/**
 * What API Gateway means where it answers by itself: such a body is `{"message": …}` and has no code (API Gateway guide,
 * "Troubleshooting HTTP API"). Its 403 is the authorizer's no: the scope does not cover it, or the session has ended.
 */
const codeOfStatus: Readonly<Record<number, ApiErrorCode>> = {
  401: "invalid_token",
  403: "insufficient_scope",
  404: "not_found",
  413: "payload_too_large",
  429: "too_many_requests",
  500: "internal_error",
  503: "unavailable",
};

interface ProblemBody {
  readonly code?: unknown;
  readonly title?: string;
  readonly detail?: string;
  readonly message?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
}

/** Why an answer is no success, whether the API said so (RFC 9457) or the gateway, or something in between. */
export async function readProblem(response: Response): Promise<GatehouseError> {
  const { status, headers } = response;
  const text = await response.text().catch(() => "");
  const body: ProblemBody = parse(text);
  const known = isApiErrorCode(body.code) ? body.code : undefined;
  const code = known ?? (body.code === undefined ? codeOfStatus[status] : undefined) ?? "unknown_error";
  return new GatehouseError(code, body.title ?? body.message ?? `The answer was ${status}`, {
    status,
    detail: body.detail,
    fields: Array.isArray(body.errors) ? body.errors : [],
    retryAfterSeconds: secondsOf(headers.get("retry-after")),
    requestId: body.instance?.replace(/^urn:request:/, "") ?? headers.get("apigw-requestid") ?? undefined,
    // A newer API may have a code that this client does not know: nothing of what it said is lost.
    cause: code === "unknown_error" ? text : undefined,
  });
}

function parse(text: string): ProblemBody {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Seconds, or a date (RFC 9110 section 10.2.3). */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
