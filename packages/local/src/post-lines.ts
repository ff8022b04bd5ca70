import type { Mail } from "./mailbox/index.ts";
import type { DeadLetter } from "./queue/index.ts";

/** A mail in one line of the terminal: to whom, what about, its first link and its code. */
export function describeMail({ to, subject, links: [link], code }: Mail): string {
  const parts = [`mail to ${to}: ${subject}`, link, code && `code ${code}`];
  return printable(parts.filter(Boolean).join("  "));
}

/** A job that was given up, in one line. Its body stays out: what a job says is nobody's business but the worker's. */
export function describeDeadLetter({ messageId, receiveCount, reason }: DeadLetter): string {
  const line = `job ${messageId} was given up after ${receiveCount} tries: ${reason} (more: npm start -- --verbose)`;
  return printable(line);
}

/** What people and mails say must not command the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}
