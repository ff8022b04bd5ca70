import type { SentMail } from "../mailbox/index.ts";
import { badRequest } from "./aws-error.ts";
import { isObject, type JsonObject, namesBeside } from "./json-object.ts";

/** Takes a mail and answers its id. */
export type Deliver = (mail: SentMail) => string;

/** SES developer guide, "Service quotas": recipients of a message. */
const MOST_RECIPIENTS = 50;

/**
 * SES API v2 reference, "SendEmail", with `Content.Simple` and `ToAddresses`. Everyone who is written to gets a copy;
 * the answer names the first. What is not emulated is refused by its name and never passed over.
 */
export function sendEmail(input: JsonObject, deliver: Deliver): JsonObject {
  const from = addressIn(input["FromEmailAddress"], "FromEmailAddress");
  const recipients = recipientsIn(only(input, "Destination", ["ToAddresses"]));
  only(input, "", ["FromEmailAddress", "Destination", "Content"]);
  const content = contentIn(only(input, "Content", ["Simple"]));
  const [id] = recipients.map((to) => deliver({ to, from, ...content }));
  return { MessageId: id };
}

function recipientsIn({ ToAddresses: to }: JsonObject): string[] {
  if (!Array.isArray(to) || to.length === 0) throw badRequest("Destination.ToAddresses is missing");
  if (to.length > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}`);
  return to.map((address) => addressIn(address, "Destination.ToAddresses"));
}

function contentIn(content: JsonObject): Pick<SentMail, "subject" | "text" | "html"> {
  const simple = only(content, "Simple", ["Subject", "Body"]);
  const subject = dataIn(simple, "Subject");
  // A line break would begin another header.
  if (/\p{Cc}/u.test(subject)) throw badRequest("Content.Simple.Subject has a control character");
  const body = only(simple, "Body", ["Text", "Html"]);
  if (!body["Text"] && !body["Html"]) throw badRequest("Content.Simple.Body has neither Text nor Html");
  const part = (name: string) => (body[name] ? dataIn(body, name) : "");
  return { subject, text: part("Text"), html: part("Html") };
}

/** What is below `name`, where that is an object with these names and no other; the empty name is the object itself. */
function only(object: JsonObject, name: string, names: readonly string[]): JsonObject {
  const inner = name === "" ? object : object[name];
  if (!isObject(inner)) throw badRequest(`${name} is missing`);
  const [unknown] = namesBeside(inner, names);
  if (unknown) throw badRequest(`${[name, unknown].filter(Boolean).join(".")} is not emulated`);
  return inner;
}

function dataIn(object: JsonObject, name: string): string {
  const { Data: data } = only(object, name, ["Data", "Charset"]);
  if (typeof data !== "string") throw badRequest(`${name}.Data is missing`);
  return data;
}

/**
 * `ada@example.com`, or with a name as `Ada <ada@example.com>`. All of it is ASCII, as SES wants it: another name comes
 * as an encoded word (SES API v2 reference, "SendEmail"; RFC 2047).
 */
function addressIn(value: unknown, name: string): string {
  const pattern =
    /^(?:(?:"(?:[ !#-[\]-~]|\\[ -~])*" ?|[ !#-;=?A-~]*)<)?[!#-;=?A-~]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*>?$/;
  if (typeof value !== "string" || value === "") throw badRequest(`${name} is missing`);
  if (!pattern.test(value) || value.includes("<") !== value.endsWith(">")) {
    throw badRequest(`${name}: illegal address`);
  }
  return value;
}
