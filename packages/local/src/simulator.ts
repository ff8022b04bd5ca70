import { randomUUID } from "node:crypto";
import type { Mail } from "./mailbox/index.ts";

/** What the mailbox simulator of SES does with a mail, by its address; a label after a `+` is whatever one likes. */
const outcomes = {
  bounce: {
    type: "Email Bounced",
    detail: ({ to, sentAt }: Mail) => ({
      eventType: "Bounce",
      bounce: {
        bounceType: "Permanent",
        bounceSubType: "General",
        bouncedRecipients: [{ emailAddress: to, action: "failed", status: "5.1.1" }],
        timestamp: sentAt,
      },
    }),
  },
  complaint: {
    type: "Email Complaint Received",
    detail: ({ to, sentAt }: Mail) => ({
      eventType: "Complaint",
      complaint: {
        complainedRecipients: [{ emailAddress: to }],
        complaintFeedbackType: "abuse",
        timestamp: sentAt,
      },
    }),
  },
} as const;

const simulated = /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

/**
 * What EventBridge would hand on of a mail, as far as a stage asks for it; undefined of a mail that arrives (SES guide,
 * "Using the mailbox simulator" and "Monitoring SES events using Amazon EventBridge").
 */
export function mailEventOf(mail: Mail): object | undefined {
  const name = simulated.exec(mail.to)?.[1]?.toLowerCase() as keyof typeof outcomes | undefined;
  if (name === undefined) return undefined;
  const { type, detail } = outcomes[name];
  const sent = { timestamp: mail.sentAt, source: mail.from, messageId: mail.id, destination: [mail.to] };
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": type,
    source: "aws.ses",
    time: new Date().toISOString(),
    detail: { ...detail(mail), mail: sent },
  };
}
