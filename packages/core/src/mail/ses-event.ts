/** What an event says of mailing to an address: it comes back for good, nobody there wants it, or nothing that lasts. */
export type Verdict = "bounced" | "complained" | "passing";

export interface MailEvent {
  /** Whom the mail was sent to. */
  readonly email: string;
  readonly verdict: Verdict;
  /** RFC 3339 in UTC, with milliseconds: of what time the verdict speaks. */
  readonly at: string;
}

/**
 * Reads what EventBridge hands on of SES (SES guide, "Monitoring SES events using Amazon EventBridge"); undefined where a
 * message is nothing of SES.
 *
 * Whom it is about says `mail.destination`, which is what we told SES. The recipients within `bounce` are copied from a
 * report that the receiving server wrote: whoever runs one could name somebody else there, and end their mail.
 */
export function readMailEvent(message: Readonly<Record<string, unknown>>): MailEvent | undefined {
  if (message["source"] !== "aws.ses") return undefined;
  const detail = objectIn(message, "detail");
  const mail = objectIn(detail, "mail");
  const [email, ...others] = Array.isArray(mail["destination"]) ? mail["destination"] : [];
  // Ours have one recipient each.
  if (typeof email !== "string" || others.length > 0) return undefined;
  const verdict = verdictOf(detail);
  // A complaint is what its reader does, perhaps long after having read; a bounce speaks of when the mail was sent.
  const time = verdict === "complained" ? objectIn(detail, "complaint")["timestamp"] : mail["timestamp"];
  const at = new Date(String(time));
  return Number.isNaN(at.getTime()) ? undefined : { email, verdict, at: at.toISOString() };
}

function verdictOf(detail: Readonly<Record<string, unknown>>): Verdict {
  const { eventType } = detail;
  if (eventType === "Bounce")
    return objectIn(detail, "bounce")["bounceType"] === "Permanent" ? "bounced" : "passing";
  // The one kind of report that says the opposite (SES guide, "Complaint object").
  const isWanted = objectIn(detail, "complaint")["complaintFeedbackType"] === "not-spam";
  return eventType === "Complaint" && !isWanted ? "complained" : "passing";
}

function objectIn(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object(object[name] ?? {}) as Record<string, unknown>;
}
