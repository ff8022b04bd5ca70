import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { clearOutbox, jobs, mails } from "../test/outbox.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { tokenIn } from "../test/post.ts";
import { captureStdout } from "../test/stdout.ts";
import * as changeEmail from "./change-email.ts";
import * as confirmEmail from "./confirm-email.ts";
import * as undoEmailChange from "./undo-email-change.ts";

captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  clearOutbox();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A change that was asked for, and what the queue does with its job each time it delivers it. */
async function changeAskedFor(): Promise<() => Promise<void>> {
  const context = { ...person.context, exp: Date.now() / 1000 + 900 };
  const { status } = await call(changeEmail.handler, { body: { email: newEmail(), password }, context });
  expect(status).toBe(202);
  const [job] = jobs();
  return () => runJob(readJob(JSON.stringify(job)));
}

it("a change that was called off stays so, though the queue delivers its job once more", async () => {
  const deliver = await changeAskedFor();
  await deliver();
  const token = tokenIn(mails(), "undo-email-change");
  expect((await call(undoEmailChange.handler, { body: { token } })).status).toBe(204);
  await deliver();
  expect(mails().filter(({ text }) => text.includes("confirm-email"))).toEqual([]);
});

it("a change that was confirmed is asked for no more, though the queue delivers its job once more", async () => {
  const deliver = await changeAskedFor();
  await deliver();
  const body = { token: tokenIn(mails(), "confirm-email") };
  expect((await call(confirmEmail.handler, { body, context: person.context })).status).toBe(200);
  jobs();
  await deliver();
  expect(mails().map(({ subject }) => subject)).toEqual([]);
});

/** Calls a change off with the link in these mails. */
async function callOff(letters: ReturnType<typeof mails>): Promise<void> {
  const token = tokenIn(letters, "undo-email-change");
  expect((await call(undoEmailChange.handler, { body: { token } })).status).toBe(204);
}

it("a change that another took the place of stays so when that is called off and its own job comes again", async () => {
  const deliverFirst = await changeAskedFor();
  await deliverFirst();
  const stale = { token: tokenIn(mails(), "confirm-email") };
  const deliverSecond = await changeAskedFor();
  await deliverSecond();
  const newest = mails();
  const spent = { token: tokenIn(newest, "confirm-email") };
  await callOff(newest);
  for (const deliver of [deliverFirst, deliverSecond, deliverFirst]) await deliver();
  expect(mails()).toEqual([]);
  for (const body of [stale, spent]) {
    const answer = await call(confirmEmail.handler, { body, context: person.context });
    expect([answer.status, answer.body.code]).toEqual([400, "invalid_code"]);
  }
});

it("a change of the hour's last second that was called off stays so in the next hour", async () => {
  const beginning = Math.floor(Date.now() / 1000) * 1000;
  const after = (seconds: number) => vi.setSystemTime(beginning + seconds * 1000);
  vi.useFakeTimers({ toFake: ["Date"], now: beginning });
  await (await changeAskedFor())();
  mails();
  after(3599);
  const deliver = await changeAskedFor();
  await deliver();
  await callOff(mails());
  after(3599 + 180);
  await deliver();
  expect(mails()).toEqual([]);
  const asked = await changeAskedFor();
  await asked();
  expect(tokenIn(mails(), "confirm-email")).toEqual(expect.any(String));
});
