/**
 * Every error code this API answers. A code is stable: it is never renamed or reused, and a client may
 * switch on it. `title` is the same for each occurrence, `description` is what `GET /problems/{code}` explains.
 */
export const errors = {
  invalid_json: {
    status: 400,
    title: "The body is not valid JSON",
    description:
      "Send one JSON document, encoded as UTF-8, without the keys __proto__ and constructor.prototype.",
  },
  ambiguous_credentials: {
    status: 400,
    title: "More than one refresh token was sent",
    description:
      "Send the refresh token either in the body or in the cookie, not both: they might be of two people.",
  },
  invalid_credentials: {
    status: 401,
    title: "The email or the password is wrong",
    description:
      "No account has this email and password. The answer is the same for an unknown email, a wrong password and an account that may not log in.",
  },
  invalid_token: {
    status: 401,
    title: "The access token is not valid",
    description:
      "The token is malformed, expired, revoked or not ours, or its user is gone. Log in again. Which check failed is never said.",
  },
  invalid_refresh_token: {
    status: 401,
    title: "The refresh token is not valid",
    description: "It is missing, malformed or not ours. Log in again.",
  },
  refresh_token_reused: {
    status: 401,
    title: "The refresh token was used before",
    description:
      "A token that was replaced came back after its grace: somebody may have a copy of it. The session was ended and the event was recorded. Log in again.",
  },
  session_ended: {
    status: 401,
    title: "The session has ended",
    description: "It was logged out, ended from another device, or made room for a newer one. Log in again.",
  },
  session_expired: {
    status: 401,
    title: "The session has expired",
    description: "It was not used for too long, or has reached its longest life. Log in again.",
  },
  origin_refused: {
    status: 403,
    title: "This page may not do that",
    description:
      "The request came from a web page of an origin that is not allowed here, or carries the session cookie and does not say where it came from. Set ALLOWED_ORIGINS to the exact origin of your frontend; outside of a browser send that in the header Origin.",
  },
  insufficient_scope: {
    status: 403,
    title: "The access token does not cover this",
    description: "The token is valid, but its scope does not include what this route needs.",
  },
  not_found: {
    status: 404,
    title: "There is no such thing",
    description: "Nothing is at this address, or it is not yours to see.",
  },
  email_taken: {
    status: 409,
    title: "An account with this email exists",
    description: "Log in with it, or register another email. Nothing of the existing account was changed.",
  },
  payload_too_large: {
    status: 413,
    title: "The body is too large",
    description: "A request body may have at most 16,384 bytes.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body is not JSON",
    description: "Send the header Content-Type: application/json.",
  },
  validation_failed: {
    status: 422,
    title: "The request has fields that cannot be accepted",
    description:
      "Each entry of errors names a field by JSON pointer and says what it should be. Fields this route does not know are refused.",
  },
  weak_password: {
    status: 422,
    title: "The password cannot be accepted",
    description: "The entry of errors says which rule the password breaks. Nothing was stored.",
  },
  internal_error: {
    status: 500,
    title: "Something went wrong on our side",
    description: "Nothing else is said here. Quote instance when asking for help: the logs are found by it.",
  },
  unavailable: {
    status: 503,
    title: "The service cannot answer right now",
    description:
      "A part this API depends on is busy or down. Wait as long as Retry-After says, then try again.",
  },
} as const satisfies Record<string, ErrorDefinition>;

export interface ErrorDefinition {
  readonly status: number;
  readonly title: string;
  readonly description: string;
}

export type ErrorCode = keyof typeof errors;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
