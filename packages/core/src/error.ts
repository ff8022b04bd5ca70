import { type ErrorCode, errors, type FieldError } from "@gatehouse/contract";

interface Details {
  readonly cause?: unknown;
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
}

/** These pass by themselves, and soon. */
const defaultWaits: Readonly<Partial<Record<ErrorCode, number>>> = { unavailable: 1, request_in_progress: 1 };

/**
 * An error that may be shown: its code is one of the contract's and `fields` names what was refused.
 * Anything else that is thrown is a fault of ours, and the caller learns no more than a correlation id.
 * `cause` is for the log, never for the answer.
 */
export class AuthError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** How long to wait before it is worth another try, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: Details = {}) {
    super(errors[code].title, { cause: options.cause });
    this.name = "AuthError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? defaultWaits[code];
  }
}

/** A setting is missing or wrong. Says which one and what it should be; stops the start. */
export class ConfigError extends Error {
  /** The setting or the secret. */
  readonly key: string;

  constructor(key: string, instruction: string) {
    super(`${key}: ${instruction}`);
    this.name = "ConfigError";
    this.key = key;
  }
}

/** How far down the causes of an error is looked: a chain may lead back to itself. */
const deepest = 10;

/** What was thrown and its causes, the outermost first, as far as they are errors. */
export function* causesOf(thrown: unknown): Generator<Error> {
  for (let link = thrown, depth = 0; link instanceof Error && depth < deepest; link = link.cause, depth++) {
    yield link;
  }
}

/** The error that may be shown for anything that was thrown: the first of ours down its causes, or a bare 500. */
export function toAuthError(error: unknown): AuthError {
  for (const link of causesOf(error)) if (link instanceof AuthError) return link;
  return new AuthError("internal_error", { cause: error });
}

/**
 * Waits for work that may be refused with one of these codes, and makes nothing of it where it is. Any other failure is
 * thrown on.
 */
export async function tolerate(work: Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<void> {
  await work.catch((error: unknown) => {
    if (!codes.includes(toAuthError(error).code)) throw error;
  });
}
