import { readFileSync } from "node:fs";

/** What SES says of a mail, as EventBridge hands it on: recorded shapes, with a recipient and times of the test's own. */
export interface SaidOfMail {
  /** Whom the mail went to. */
  readonly to: string;
  /** When it was sent, or for a complaint when that was made. */
  readonly at: Date;
  /** What differs within `bounce` or `complaint`. */
  readonly besides?: object;
}

/** The body of a message that the worker gets of a mail that came back. */
export function bounceOf({ to, at, besides = {} }: SaidOfMail): string {
  const event = recorded("bounce");
  const { mail, bounce } = event.detail;
  const detail = { ...event.detail, mail: { ...mail, ...sentTo(to, at) }, bounce: { ...bounce, ...besides } };
  return JSON.stringify({ ...event, detail });
}

/** Of one that was marked as spam. */
export function complaintOf({ to, at, besides = {} }: SaidOfMail): string {
  const event = recorded("complaint");
  const { mail, complaint } = event.detail;
  const detail = {
    ...event.detail,
    mail: { ...mail, ...sentTo(to, new Date(at.getTime() - 3_600_000)) },
    complaint: { ...complaint, timestamp: at.toISOString(), ...besides },
  };
  return JSON.stringify({ ...event, detail });
}

function sentTo(to: string, at: Date): object {
  return { destination: [to], timestamp: at.toISOString() };
}

/** SES guide, "Examples of event data", within the envelope of "Monitoring SES events using Amazon EventBridge". */
// biome-ignore lint/suspicious/noExplicitAny: what JSON holds
export function recorded(kind: "bounce" | "complaint"): any {
  return JSON.parse(readFileSync(new URL(`fixtures/ses-${kind}.json`, import.meta.url), "utf8"));
}
