import type { SQSEvent } from "aws-lambda";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { mint } from "../../core/src/code/index.ts";
import { newId } from "../../core/src/id.ts";
import { eventOf as sqsEventOf } from "../../local/src/queue/event.ts";
import { type Message, newMessage } from "../../local/src/queue/message.ts";
import { call } from "../test/call.ts";
import { loseAnswers } from "../test/dynamodb-requests.ts";
import { clearOutbox, failNext, mails } from "../test/outbox.ts";
import { newEmail, newPerson, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as deleteMe from "./delete-me.ts";
import { handler } from "./worker.ts";

const stdout = captureStdout();

beforeEach(clearOutbox);

const arn = "arn:aws:sqs:eu-central-1:123456789012:jobs";

/** Messages as the queue delivers them; a text is sent as it is, anything else as a job with an id. */
function delivered(...bodies: (string | object)[]): { event: SQSEvent; ids: string[] } {
  const messages: Message[] = bodies.map((body) => ({
    ...newMessage(typeof body === "string" ? body : JSON.stringify({ id: newId(), ...body })),
    receiveCount: 1,
  }));
  return { event: sqsEventOf(messages, arn) as unknown as SQSEvent, ids: messages.map(({ id }) => id) };
}

/** With all the time in the world, or with what is told before each job. */
function work(event: SQSEvent, ...remaining: number[]) {
  return handler(event, { getRemainingTimeInMillis: () => remaining.shift() ?? 60_000 });
}

const failures = (...ids: (string | undefined)[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

const resetOf = (email: string) => ({ kind: "reset_password", email });

describe("the worker", () => {
  it("does every job of a batch, says that none failed, and writes a line for each", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const { event, ids } = delivered(resetOf(one.email), { kind: "verify_email", email: other.email });
    expect(await work(event)).toEqual(failures());
    expect(mails().map(({ to }) => to)).toEqual([one.email, other.email]);
    expect(stdout.lines()).toEqual(
      ["reset_password", "verify_email"].map((kind, index) => ({
        level: "INFO",
        service: "gatehouse",
        timestamp: expect.any(String),
        message: "job",
        messageId: ids[index],
        delivery: 1,
        jobId: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/),
        kind,
      })),
    );
  });

  it("names the messages that failed and no others, and does the rest", async () => {
    const people = [await newPerson(), await newPerson(), await newPerson()];
    const { event, ids } = delivered(...people.map(({ email }) => resetOf(email)));
    // Two tries of the SDK are one of the worker.
    failNext(2, "mail", "throttled");
    expect(await work(event)).toEqual(failures(ids[0]));
    expect(mails().map(({ to }) => to)).toEqual([people[1]?.email, people[2]?.email]);
  });

  it("sends the same link when a message that failed, or one that did not, comes again", async () => {
    const { email } = await newPerson();
    const { event } = delivered(resetOf(email));
    failNext(2, "mail");
    await work(event);
    expect(mails()).toEqual([]);
    await work(event);
    await work(event);
    const [first, second, ...others] = mails();
    expect(others).toEqual([]);
    expect(second).toEqual(first);
  });

  it("fails a message whose job the table could not be asked about, and does it the next time", async () => {
    const { email } = await newPerson();
    const { event, ids } = delivered(resetOf(email));
    loseAnswers(3);
    expect(await work(event)).toEqual(failures(ids[0]));
    expect(stdout.lines()).toMatchObject([
      { level: "ERROR", messageId: ids[0], error: { code: "unavailable" } },
    ]);
    expect(await work(event)).toEqual(failures());
    expect(mails()).toHaveLength(1);
  });

  it("begins no job that it might not finish, and leaves that and the rest to the next delivery", async () => {
    const people = [await newPerson(), await newPerson(), await newPerson()];
    const { event, ids } = delivered(...people.map(({ email }) => resetOf(email)));
    expect(await work(event, 60_000, 10_000, 9_000)).toEqual(failures(ids[1], ids[2]));
    expect(mails().map(({ to }) => to)).toEqual([people[0]?.email]);
  });

  it("counts which delivery it is in its log", async () => {
    const { event } = delivered("{}");
    for (const record of event.Records) record.attributes.ApproximateReceiveCount = "4";
    await work(event);
    expect(stdout.lines()).toMatchObject([{ delivery: 4 }]);
  });

  it("has nothing to do for nobody, and that is no failure", async () => {
    const nobody = { userId: newId(), email: newEmail() };
    const { event } = delivered(
      resetOf(newEmail()),
      { kind: "verify_email", email: newEmail() },
      { kind: "registered", ...nobody },
      { kind: "change_email", userId: newId(), newEmail: newEmail() },
      { kind: "password_changed", userId: newId() },
      { kind: "tidy", userId: newId() },
    );
    expect(await work(event)).toEqual(failures());
    expect(mails()).toEqual([]);
  });

  it("removes what is left of a person who is gone, and nothing of who is not", async () => {
    const { user, email, context } = await newPerson();
    const { event } = delivered({ kind: "tidy", userId: user.id });
    const before = await readTable();
    expect(await work(event)).toEqual(failures());
    expect(await readTable()).toEqual(before);
    await call(deleteMe.handler, { body: { password }, context });
    await mint("verify_email", { userId: user.id, epoch: 0 }, { email, jobId: newId() });
    expect((await readTable()).filter(({ userId }) => userId?.["S"] === user.id)).toHaveLength(1);
    expect(await work(event)).toEqual(failures());
    expect((await readTable()).filter(({ userId }) => userId?.["S"] === user.id)).toEqual([]);
  });
});

describe("a message that is no job", () => {
  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a number", "7"],
    ["a text", '"tidy"'],
    ["a list", "[]"],
    ["no id", '{"kind":"tidy","userId":"01k0qj3v5e8m2n4p6r8t0v2x4z"}'],
    ["no kind of ours", { kind: "drop_table" }],
    ["the kind of every object", { kind: "constructor" }],
    ["the prototype of every object", { kind: "__proto__" }],
    ["a job without its email", { kind: "reset_password" }],
    ["an email that is a list", { kind: "reset_password", email: ["a@example.com"] }],
    ["a person that is an object", { kind: "tidy", userId: { toString: 1 } }],
  ])("is %s: it fails alone, and the others are done", async (_name, body) => {
    const { email } = await newPerson();
    const { event, ids } = delivered(resetOf(email), body, resetOf(email));
    expect(await work(event)).toEqual(failures(ids[1]));
    expect(mails().map(({ to }) => to)).toEqual([email, email]);
  });

  it("is any text whatever: the worker never throws, and writes nothing", async () => {
    const before = await readTable();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.json()), async (text) => {
        const { event, ids } = delivered(text);
        expect(await work(event)).toEqual(failures(ids[0]));
      }),
      { numRuns: 300 },
    );
    expect(await readTable()).toEqual(before);
  });
});

it("an empty batch is done", async () => {
  expect(await work({ Records: [] })).toEqual(failures());
});

it("no address, link, token or digits get into the log, whether mails go out or not", async () => {
  const { email, user } = await newPerson();
  const newAddress = newEmail();
  const jobs = [
    { kind: "registered", userId: user.id, email },
    { kind: "registered", userId: newId(), email },
    resetOf(email),
    { kind: "change_email", userId: user.id, newEmail: newAddress },
    { kind: "email_changed", userId: user.id, oldEmail: email, newEmail: newAddress },
    { kind: "account_deleted", email },
    { kind: "password_changed", userId: user.id },
  ];
  expect(await work(delivered(...jobs).event)).toEqual(failures());
  const letters = mails();
  expect(letters).toHaveLength(8);
  failNext(2 * jobs.length, "mail");
  await work(delivered(...jobs, `{"kind":"${email}"}`, `${email} is no JSON`).event);
  const tokens = letters.flatMap(({ text }) => [...text.matchAll(/#token=(\S+)/g)].map(([, token]) => token));
  const digits = letters.flatMap(({ text }) => text.match(/^\s*\d{6}\s*$/gm) ?? []);
  expect([tokens.length, digits.length]).toEqual([5, 2]);
  for (const secret of [
    email,
    newAddress,
    "@example.com",
    "#token",
    ...tokens,
    ...digits.map((text) => text.trim()),
  ])
    expect(stdout.text()).not.toContain(secret);
});
