/** What becomes of an address that mails come back from, told by SES to the worker as on AWS. */
import type { SQSEvent } from "aws-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../core/src/id.ts";
import { eventOf as sqsEventOf } from "../../local/src/queue/event.ts";
import { newMessage } from "../../local/src/queue/message.ts";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { bounceOf, complaintOf, recorded, type SaidOfMail } from "../test/mail-events.ts";
import { clearOutbox, jobs, mails } from "../test/outbox.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts, readRecord, readTable } from "../test/table.ts";
import * as changeEmail from "./change-email.ts";
import * as confirmEmail from "./confirm-email.ts";
import * as events from "./events.ts";
import * as exportMe from "./export-me.ts";
import * as forgotPassword from "./forgot-password.ts";
import * as resetPassword from "./reset-password.ts";
import * as verifyEmail from "./verify-email.ts";
import { handler } from "./worker.ts";

const stdout = captureStdout();

beforeEach(clearOutbox);

/** Delivers these bodies to the worker, and answers how many failed. */
async function deliver(...bodies: string[]): Promise<number> {
  const messages = bodies.map((body) => ({ ...newMessage(body), receiveCount: 1 }));
  const event = sqsEventOf(messages, "arn:aws:sqs:eu-central-1:123456789012:jobs") as unknown as SQSEvent;
  const { batchItemFailures } = await handler(event, { getRemainingTimeInMillis: () => 60_000 });
  return batchItemFailures.length;
}

/** How many mails go out to an address for a job that sends one. */
async function mailsTo(email: string): Promise<number> {
  clearOutbox();
  expect(await deliver(JSON.stringify({ id: newId(), kind: "reset_password", email }))).toBe(0);
  return mails().filter(({ to }) => to === email).length;
}

async function statusOf({ email }: Pick<Person, "email">): Promise<string | undefined> {
  const login = (await readTable()).find(({ pk }) => pk?.["S"] === `email#${email.toLowerCase()}`);
  return login?.["mailStatus"]?.["S"] as string | undefined;
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

const refusals = [
  ["a mail that came back for good", bounceOf, "bounced"],
  ["a mail that was marked as spam", complaintOf, "complained"],
] as const;

describe.each(refusals)("%s", (_name, said, status) => {
  it("marks its address, and no mail goes out to it any more; others get theirs", async () => {
    const [marked, other] = [await newPerson(), await newPerson()];
    expect(await mailsTo(marked.email)).toBe(1);
    expect(await deliver(said({ to: marked.email, at: ago(0) }))).toBe(0);
    expect(await statusOf(marked)).toBe(status);
    expect([await mailsTo(marked.email), await mailsTo(other.email)]).toEqual([0, 1]);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ level: "WARN", message: "a mail was not sent", letter: "reset_password" }),
    );
  });

  it("is on the person's record, and in their export, in words that name no address", async () => {
    const person = await newPerson();
    await deliver(said({ to: person.email, at: ago(0) }));
    const { body } = await call(events.handler, { method: "GET", context: person.context });
    const [newest] = body.events;
    expect(newest).toMatchObject({ type: "mail_refused", actor: "system", details: { reason: status } });
    expect(JSON.stringify(newest)).not.toContain(person.email);
    const exported = await call(exportMe.handler, { method: "GET", context: person.context });
    expect(exported.body.login).toMatchObject({ mailStatus: status });
  });

  it("told twice, or twice at once, is one mark and one event", async () => {
    const person = await newPerson();
    const body = said({ to: person.email, at: ago(0) });
    expect(await deliver(body, body)).toBe(0);
    await Promise.all([deliver(body), deliver(body)]);
    expect((await readRecord(person.user.id)).filter((type) => type === "mail_refused")).toHaveLength(1);
  });

  it("finds its address in whatever case it is written", async () => {
    const person = await newPerson();
    await deliver(said({ to: person.email.toUpperCase(), at: ago(0) }));
    expect(await statusOf(person)).toBe(status);
  });

  it("to an address that nobody has writes nothing, and is done", async () => {
    const before = await readTable();
    expect(await deliver(said({ to: newEmail(), at: ago(0) }))).toBe(0);
    expect(await readTable()).toEqual(before);
  });

  it("is told to nobody who asks for a mail: the answer is the same for every address", async () => {
    const [marked, other] = [await newPerson(), await newPerson()];
    await deliver(said({ to: marked.email, at: ago(0) }));
    const [one, another, nobody] = await Promise.all(
      [marked.email, other.email, newEmail()].map((email) =>
        call(forgotPassword.handler, { body: { email } }),
      ),
    );
    expect(one?.status).toBe(202);
    for (const answer of [another, nobody])
      expect([answer?.status, answer?.text]).toEqual([one?.status, one?.text]);
    expect(jobs()).toHaveLength(3);
  });
});

describe("the mark", () => {
  const marked = async (): Promise<Person> => {
    const person = await newPerson();
    await deliver(bounceOf({ to: person.email, at: ago(60) }));
    expect(await statusOf(person)).toBe("bounced");
    return person;
  };

  it.each([
    [
      "the link of a verification",
      (token: string) => call(verifyEmail.handler, { body: { token } }),
      "verify_email",
    ],
    [
      "the link of a reset",
      (token: string) =>
        call(resetPassword.handler, { body: { token, password: "violet marmalade 93 tram" } }),
      "reset_password",
    ],
  ] as const)("goes when %s that was mailed before is used", async (_name, use, purpose) => {
    const person = await newPerson();
    const { token } = await newCode(purpose, person);
    await deliver(bounceOf({ to: person.email, at: ago(60) }));
    expect((await use(token)).status).toBeLessThan(300);
    expect(await statusOf(person)).toBe("proven");
    expect(await mailsTo(person.email)).toBe(1);
  });

  it("is not of the new address, once the email is changed", async () => {
    const person = await marked();
    const email = newEmail();
    await call(changeEmail.handler, { body: { email, password }, context: person.context });
    const { token } = await newCode("change_email", person, email);
    const { status } = await call(confirmEmail.handler, { body: { token }, context: person.context });
    expect(status).toBe(200);
    expect(await statusOf({ email })).toBe("proven");
    expect(await mailsTo(email)).toBe(1);
  });

  it("does not come back for a mail that was sent before the address was proven, however late that is told", async () => {
    const person = await newPerson();
    const { token } = await newCode("verify_email", person);
    await call(verifyEmail.handler, { body: { token } });
    const before = await readTable();
    await deliver(
      bounceOf({ to: person.email, at: ago(3600) }),
      complaintOf({ to: person.email, at: ago(1800) }),
    );
    expect(await readTable()).toEqual(before);
    expect(await mailsTo(person.email)).toBe(1);
  });

  it("comes back for a mail that was sent after it", async () => {
    const person = await newPerson();
    const { token } = await newCode("verify_email", person);
    await call(verifyEmail.handler, { body: { token } });
    await deliver(bounceOf({ to: person.email, at: ago(-1) }));
    expect(await statusOf(person)).toBe("bounced");
  });

  it("says what is known of the latest time, in whatever order that is told", async () => {
    for (const turn of [(list: string[]) => list, (list: string[]) => list.toReversed()]) {
      const person = await newPerson();
      const told = [
        bounceOf({ to: person.email, at: ago(120) }),
        complaintOf({ to: person.email, at: ago(60) }),
      ];
      await deliver(...turn(told));
      expect(await statusOf(person)).toBe("complained");
    }
  });

  it("takes nobody's access, and changes nothing of the account but its mails", async () => {
    const { email } = await newPerson();
    const before = await readAccounts();
    const at = ago(0);
    await deliver(bounceOf({ to: email, at }));
    const mark = { mailStatus: { S: "bounced" }, mailStatusAt: { S: at.toISOString() } };
    const expected = before.map((item) =>
      item["pk"]?.["S"] === `email#${email}` ? { ...item, ...mark } : item,
    );
    expect(await readAccounts()).toEqual(expected);
  });
});

describe("nothing is marked", () => {
  const untouched: [string, (said: SaidOfMail) => string][] = [
    [
      "for a mailbox that is full",
      (said) => bounceOf({ ...said, besides: { bounceType: "Transient", bounceSubType: "MailboxFull" } }),
    ],
    [
      "for a bounce that says nothing",
      (said) => bounceOf({ ...said, besides: { bounceType: "Undetermined" } }),
    ],
    [
      "for a report that it is no spam",
      (said) => complaintOf({ ...said, besides: { complaintFeedbackType: "not-spam" } }),
    ],
  ];

  it.each(untouched)("%s", async (_name, saying) => {
    const person = await newPerson();
    const before = await readTable();
    expect(await deliver(saying({ to: person.email, at: ago(0) }))).toBe(0);
    expect(await readTable()).toEqual(before);
  });

  it("of whom a bounce names and the mail was not sent to: a stranger's server writes that", async () => {
    const [victim, attacker] = [await newPerson(), await newPerson()];
    const bouncedRecipients = [{ emailAddress: victim.email, action: "failed", status: "5.1.1" }];
    await deliver(bounceOf({ to: attacker.email, at: ago(0), besides: { bouncedRecipients } }));
    expect([await statusOf(victim), await statusOf(attacker)]).toEqual([undefined, "bounced"]);
  });
});

it("an event that is not as SES writes them fails, changes nothing, and is parked in the end", async () => {
  const before = await readTable();
  const { detail: _, ...hollow } = recorded("bounce");
  expect(await deliver(JSON.stringify(hollow))).toBe(1);
  expect(await readTable()).toEqual(before);
});

it("no address gets into the log, whatever SES says", async () => {
  const { email } = await newPerson();
  await deliver(bounceOf({ to: email, at: ago(0) }), complaintOf({ to: email, at: ago(0) }));
  await mailsTo(email);
  expect(stdout.text()).not.toContain("@example.com");
  expect(stdout.lines()).toContainEqual(expect.objectContaining({ message: "job", kind: "mail_event" }));
});
