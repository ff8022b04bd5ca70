import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { beforeEach, expect, it } from "vitest";
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

/** A change that was asked for, and what the queue does with its job each time it delivers it. */
async function changeAskedFor(): Promise<() => Promise<void>> {
  await call(changeEmail.handler, { body: { email: newEmail(), password }, context: person.context });
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
