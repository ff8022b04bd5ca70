import type { Event } from "@gatehouse/client";

const words: Readonly<Record<string, string>> = {
  registered: "The account was created",
  email_verified: "The email was verified",
  logged_in: "Logged in",
  login_failed: "Somebody tried a wrong password",
  login_blocked: "Too many wrong passwords: log-in had to wait",
  password_check_failed: "The current password was typed wrong",
  refreshed: "Stayed logged in",
  refresh_token_reused: "A session was ended: its token was used twice",
  sessions_ended: "Logged out, or ended sessions",
  password_changed: "The password was changed",
  password_reset: "A new password was chosen by a mailed link",
  email_changed: "The email was changed",
  mail_refused: "A mail did not arrive: the address gets no more until it is proven again",
  mail_resumed: "The address gets mails again",
  disabled: "The account was closed by its service",
  enabled: "The account was opened by its service",
};

/** These are worth a second look. */
const alarming: ReadonlySet<string> = new Set([
  "login_failed",
  "login_blocked",
  "password_check_failed",
  "refresh_token_reused",
  "disabled",
]);

/** What happened. A newer API may tell of something that these pages have no words for. */
export function wordsForEvent({ type }: Pick<Event, "type">): string {
  return Object.hasOwn(words, type) ? (words[type] as string) : type.replaceAll("_", " ");
}

export function isAlarming({ type }: Pick<Event, "type">): boolean {
  return alarming.has(type);
}
