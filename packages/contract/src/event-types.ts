/**
 * What is recorded. Those from `account_deleted` on are of the stage and of no person. A type is stable: it is never
 * renamed, and a client ignores one it does not know.
 */
export const eventTypes = [
  "registered",
  "email_verified",
  "logged_in",
  "login_failed",
  /** As `login_failed`, and it closed the account to whoever sent it, or to strangers, for a while. */
  "login_blocked",
  /** The current password that a signed-in person was asked for was wrong. */
  "password_check_failed",
  /** One of 32 refreshes of a session. */
  "refreshed",
  "refresh_token_reused",
  "sessions_ended",
  "password_changed",
  "password_reset",
  "email_changed",
  /** A mail came back for good or was marked as spam: none goes out to that address any more. */
  "mail_refused",
  /** An operator lets mails go out to it again. */
  "mail_resumed",
  "disabled",
  "enabled",
  "account_deleted",
  "key_rotated",
  "configuration_refused",
] as const;

export type EventType = (typeof eventTypes)[number];

/** Who did it: a signed-in person, somebody nobody knows, the reader of a mail, an operator, the service itself. */
export const eventActors = ["user", "anonymous", "mail", "operator", "system"] as const;
