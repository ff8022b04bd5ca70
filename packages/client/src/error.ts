import { type ApiErrorCode, errorCodes, type FieldError } from "./api.generated.ts";

/**
 * What the client says itself: `network_error` nobody answered, `timeout` not in time, `aborted` by the caller's signal,
 * `unknown_error` an answer that it does not understand, `not_logged_in` nobody is, or the session is over (`cause` tells how).
 */
export type ClientErrorCode = "network_error" | "timeout" | "aborted" | "unknown_error" | "not_logged_in";

/** Every code that an error can have. */
export type ErrorCode = ApiErrorCode | ClientErrorCode;

/** What is known of an error beside its code. */
export interface ErrorDetails {
  /** Of HTTP. @default 0, nobody answered */
  readonly status?: number;
  readonly detail?: string | undefined;
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** Why a call has no answer. `message` is the title of the problem document (RFC 9457), for developers. */
export class GatehouseError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "GatehouseError";
  /** Stable: switch on it. docs/client.md lists them all. */
  readonly code: Code;
  /** Of HTTP, 0 where nobody answered. */
  readonly status: number;
  readonly detail: string | undefined;
  /** What is wrong with single fields (`validation_failed` and `weak_password`); empty for all other codes. */
  readonly fields: readonly FieldError[];
  /** When to come back, where the answer said so. */
  readonly retryAfterSeconds: number | undefined;
  /** To quote when asking for help: the logs are found by it. */
  readonly requestId: string | undefined;

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.detail = details.detail;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.requestId = details.requestId;
  }

  /** What is wrong with one field of what was sent, for example `password`. */
  fieldMessage(name: string): string | undefined {
    return this.fields.find(({ pointer }) => pointer === `/${name}`)?.message;
  }
}

/** By its name, since a page may hold two copies of this package. */
export function isGatehouseError(value: unknown): value is GatehouseError {
  return value instanceof Error && value.name === "GatehouseError" && "code" in value;
}

export function isApiErrorCode(code: unknown): code is ApiErrorCode {
  return (errorCodes as readonly unknown[]).includes(code);
}
