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
  invalid_code: {
    status: 400,
    title: "The code is not valid",
    description:
      "The link or the code is wrong, has expired, was used, was replaced by a newer one or was tried too often; it is for one purpose of one person. Ask for a new one.",
  },
  invalid_idempotency_key: {
    status: 400,
    title: "The Idempotency-Key is not valid",
    description:
      "Send one header Idempotency-Key of 1 to 255 visible ASCII characters, best a UUID: made anew for each operation, and sent again with each try of it.",
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
  wrong_password: {
    status: 403,
    title: "The current password is wrong",
    description: "This needs the password of the account once more. Nothing was changed.",
  },
  email_not_verified: {
    status: 403,
    title: "The email is not verified yet",
    description:
      "The password is right, but the email must be verified before the first log-in. Follow the link that was mailed, or ask for a new one at /email/verify/request.",
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
  request_in_progress: {
    status: 409,
    title: "The same request is still being answered",
    description:
      "A request with this Idempotency-Key is under way. Wait as long as Retry-After says, then send it again for its answer.",
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
  idempotency_key_reused: {
    status: 422,
    title: "The Idempotency-Key was used for another request",
    description: "Another body was sent with this key. Nothing was done. Make a new key for each operation.",
  },
  too_many_requests: {
    status: 429,
    title: "Too many requests",
    description: "Wait as long as Retry-After says, then try again.",
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
