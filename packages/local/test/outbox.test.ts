/** What the tests of core and functions find out about jobs and mails, and the house in the test's own thread. */
import "../../../test/environment.ts";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { config } from "@gatehouse/core/config";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { clearOutbox, delayedJobs, failNext, jobs, mails } from "../../functions/test/outbox.ts";
import { newEmail, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouseOptions, startInlineHouse } from "./support/inline-house.ts";
import { send } from "./support/send.ts";

const stdout = captureStdout();
afterEach(clearOutbox);

async function queue(body: unknown, delaySeconds = 0): Promise<unknown> {
  const { jobQueueUrl: QueueUrl = "" } = config();
  const client = new SQSClient({ endpoint: new URL(QueueUrl).origin, maxAttempts: 2 });
  const MessageBody = JSON.stringify(body);
  return client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: delaySeconds }));
}

async function mail(to: string): Promise<unknown> {
  const { sesEndpoint = "", mailFrom } = config();
  const client = new SESv2Client({ endpoint: sesEndpoint, maxAttempts: 1 });
  const Content = { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } } };
  return client.send(
    new SendEmailCommand({ FromEmailAddress: mailFrom, Destination: { ToAddresses: [to] }, Content }),
  );
}

test("jobs are told in their order, parsed, and once", async () => {
  await queue({ n: 1 });
  await queue({ n: 2 });
  expect(jobs()).toEqual([{ n: 1 }, { n: 2 }]);
  await queue({ n: 3 }, 60);
  expect(delayedJobs()).toEqual([{ job: { n: 3 }, delaySeconds: 60 }]);
  expect(jobs()).toEqual([]);
});

test("mails are told once", async () => {
  await mail("ada@example.com");
  expect(mails()).toEqual([
    expect.objectContaining({ to: "ada@example.com", from: "gatehouse@example.com" }),
  ]);
  expect(mails()).toEqual([]);
});

test("as many tries fail as asked for, of the queue or of mail", async () => {
  failNext(1, "queue");
  await queue({ n: 1 });
  expect(jobs()).toEqual([{ n: 1 }]);
  failNext(2, "queue", "throttled");
  await expect(queue({ n: 2 })).rejects.toMatchObject({ name: "RequestThrottled" });
  expect(jobs()).toEqual([]);
  failNext(1, "mail");
  await queue({ n: 3 });
  await expect(mail("ada@example.com")).rejects.toMatchObject({ name: "InternalFailure" });
  await mail("grace@example.com");
  expect(mails().map(({ to }) => to)).toEqual(["grace@example.com"]);
});

test("a try whose answer is lost is made again, and the job is there twice", async () => {
  failNext(1, "queue", "lost");
  await queue({ n: 1 });
  expect(jobs()).toEqual([{ n: 1 }, { n: 1 }]);
});

async function openHouse(options?: InlineHouseOptions) {
  const house = await startInlineHouse(options);
  onTestFinished(() => house.stop());
  return house;
}

test("in a house in the test's thread a job reaches the worker as it is sent", async () => {
  const house = await openHouse();
  const email = newEmail();
  await send(house.url, "POST /register", { body: { email, password } });
  expect(await house.mails(email)).toEqual([expect.objectContaining({ to: email })]);
  expect(await house.mails(newEmail())).toEqual([]);
});

test("a mail that fails there is tried again at once", async () => {
  const house = await openHouse();
  const email = newEmail();
  // Two tries of the SDK's are one of the worker's.
  failNext(2, "mail");
  await send(house.url, "POST /register", { body: { email, password } });
  expect(await house.mails(email)).toHaveLength(1);
  expect(deliveries()).toEqual([1, 2]);
  expect(house.queue.deadLetters).toEqual([]);
});

test("a queue there can deliver every job twice", async () => {
  const house = await openHouse({ deliveries: 2 });
  await send(house.url, "POST /register", { body: { email: newEmail(), password } });
  await house.queue.idle();
  expect(jobs()).toHaveLength(1);
  expect(deliveries()).toEqual([1, 2]);
});

test("a house without a worker leaves the jobs where they are", async () => {
  const house = await openHouse({ hasWorker: false });
  const email = newEmail();
  await send(house.url, "POST /register", { body: { email, password } });
  expect(await house.mails(email)).toEqual([]);
  expect(deliveries()).toEqual([]);
  expect(jobs()).toHaveLength(1);
});

/** Which delivery each job was that the worker has done in this test. */
function deliveries(): unknown[] {
  return stdout.lines().flatMap(({ message, delivery }) => (message === "job" ? [delivery] : []));
}
