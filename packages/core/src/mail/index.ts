import type { SESv2Client } from "@aws-sdk/client-sesv2";
import { requestHandler } from "../aws/request-handler.ts";
import { config } from "../config.ts";
import { ConfigError } from "../error.ts";
import { writeLog, writeMail } from "../log.ts";
import { readLogin } from "../user/person.ts";
import { compose, type Letter } from "./letter.ts";

export type { Letter } from "./letter.ts";

/** Whom a letter goes to. */
export interface Recipient {
  /** As typed; the contract holds it to ASCII without spaces or line breaks. */
  readonly email: string;
  /** A language tag (RFC 5646); without one, or without a letter in that language, it is written in English. */
  readonly locale?: string | undefined;
}

/**
 * Sends a letter with SES (SES API v2, SendEmail), or writes it to the log where the stage says so. An address with dots
 * where none may be is no address to SES and never will be, and one that refused a mail is written to no more: that is
 * logged, and is the end of it.
 *
 * @throws AuthError `unavailable`, and whatever SES throws; then the job that sends it is done again, and in the end parked.
 */
export async function send({ email, locale }: Recipient, letter: Letter): Promise<void> {
  const { appName, mailTransport, mailConfigurationSet } = config();
  const obstacle = isMailable(email) ? await refusalOf(email) : "the address is none";
  if (obstacle !== undefined) {
    writeLog({ level: "WARN", message: "a mail was not sent", letter: letter.kind, reason: obstacle });
    return;
  }
  const { subject, text, html } = compose(letter, { appName, locale });
  if (mailTransport === "console") {
    writeMail({ to: email, subject, text });
    return;
  }
  const { SendEmailCommand } = await import("@aws-sdk/client-sesv2");
  const part = (data: string) => ({ Data: data, Charset: "UTF-8" });
  const command = new SendEmailCommand({
    FromEmailAddress: sender(),
    ...(mailConfigurationSet === undefined ? {} : { ConfigurationSetName: mailConfigurationSet }),
    Destination: { ToAddresses: [email] },
    Content: { Simple: { Subject: part(subject), Body: { Text: part(text), Html: part(html) } } },
  });
  await (await ses()).send(command).catch((error: Error) => {
    throw new Error(`SES: ${error.name}: ${withoutAddresses(error.message)}`);
  });
}

/**
 * Why an address is written to no more. Each mail that comes back or is complained of tells against all others of this
 * sender.
 */
async function refusalOf(email: string): Promise<string | undefined> {
  const status = (await readLogin(email))?.mailStatus;
  if (status === "bounced") return "mails to the address come back";
  return status === "complained" ? "a mail to the address was marked as spam" : undefined;
}

/** What SES says of an address names it, and it ends in the log. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"]+@[^\s<>"]+/g, "(an address)");
}

/** Dots stand between the parts of a mailbox's name and nowhere else (RFC 5321 section 4.1.2, Dot-string). */
function isMailable(email: string): boolean {
  return !/^\.|\.\.|\.@/.test(email);
}

/** With the product's name before the address, as a quoted string (RFC 5322 section 3.2.4). */
function sender(): string {
  const { appName, mailFrom } = config();
  if (mailFrom === undefined)
    throw new ConfigError("MAIL_FROM", "is not set; it should be an address that SES may send from");
  // SES wants a name that is not ASCII encoded (RFC 2047); without one the address says enough.
  return /^[\x20-\x7e]+$/.test(appName) ? `"${appName.replace(/["\\]/g, "\\$&")}" <${mailFrom}>` : mailFrom;
}

let client: SESv2Client | undefined;

async function ses(): Promise<SESv2Client> {
  if (client) return client;
  const { SESv2Client } = await import("@aws-sdk/client-sesv2");
  const { sesEndpoint } = config();
  client = new SESv2Client({
    ...(sesEndpoint === undefined ? {} : { endpoint: sesEndpoint }),
    // The queue tries again later: here it is enough to outlive a hiccup.
    maxAttempts: 2,
    requestHandler: requestHandler(),
  });
  return client;
}
