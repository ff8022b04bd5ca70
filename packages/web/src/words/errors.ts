import type { ErrorCode } from "@gatehouse/client";
import { inWords } from "./duration.ts";

/** What words are found for. A `GatehouseError` is one. */
export interface Failed {
  readonly code: ErrorCode;
  /** For developers: said only where there are no words of ours. */
  readonly message: string;
  readonly retryAfterSeconds?: number | undefined;
}

const again = "Please try again.";
const reload = "Something is wrong with this page. Reload it and try again.";
const loginAgain = "Please log in again.";

/** What happened and what to do, for whoever is no developer. The codes are those of the API and of the client. */
const words: Readonly<Record<ErrorCode, string>> = {
  invalid_credentials: "The email or the password is wrong.",
  email_taken: "There is an account with this email already.",
  email_not_verified:
    "Your email is not verified yet. Follow the link that we mailed you, or ask for a new one.",
  wrong_password: "The password is wrong.",
  weak_password: "This password is too easy to guess. Choose another one.",
  invalid_code:
    "This link or code no longer works: it was used, replaced by a newer one, or is too old. Ask for a new one.",
  validation_failed: "Something in this form cannot be accepted.",
  not_found: "This is no longer there.",
  too_many_requests: "That was too often.",
  unavailable: "The service cannot answer right now.",
  internal_error: `Something went wrong on our side. ${again}`,
  request_in_progress: "This is under way already. Wait a moment, then look again.",

  not_logged_in: loginAgain,
  invalid_token: loginAgain,
  invalid_refresh_token: loginAgain,
  insufficient_scope: `This log-in does not cover that. Log out, then log in again.`,
  refresh_token_reused: `For your safety this session was ended. ${loginAgain}`,
  session_ended: `This session was ended. ${loginAgain}`,
  session_expired: `You were away for long. ${loginAgain}`,

  network_error: "The service cannot be reached. Are you online?",
  timeout: `The service took too long to answer. ${again}`,
  aborted: `This was interrupted. ${again}`,
  unknown_error: `The service gave an answer that this page does not understand. ${again}`,

  origin_refused: "These pages may not use this service. Whoever runs it has to allow their address.",
  invalid_json: reload,
  ambiguous_credentials: reload,
  invalid_idempotency_key: reload,
  idempotency_key_reused: reload,
  unsupported_media_type: reload,
  payload_too_large: "That is more than can be stored. Make it shorter.",
};

/** One or two sentences. Where the answer says how long to wait, they do. */
export function wordsFor({ code, message, retryAfterSeconds }: Failed): string {
  // A newer API may have codes that these pages do not know.
  const known = Object.hasOwn(words, code) ? words[code] : `${message}.`;
  if (retryAfterSeconds !== undefined) return `${known} Try again in ${inWords(retryAfterSeconds)}.`;
  return code === "too_many_requests" || code === "unavailable"
    ? `${known} Wait a moment, then try again.`
    : known;
}

/** Why one is no longer logged in, where that was not asked for here. */
export function wordsForEnd(reason: string | undefined): string | undefined {
  const ends: Readonly<Record<string, string>> = {
    logged_out: "You are logged out.",
    account_deleted: "Your account is deleted.",
    refresh_token_reused: words.refresh_token_reused,
    session_ended: words.session_ended,
    session_expired: words.session_expired,
    invalid_refresh_token: words.session_ended,
  };
  return reason !== undefined && Object.hasOwn(ends, reason) ? ends[reason] : undefined;
}
