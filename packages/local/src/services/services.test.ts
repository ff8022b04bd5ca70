/** As the SDK's own clients see it. */
import { request } from "node:http";
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SentMail } from "../mailbox/index.ts";
import { type Failure, type Operation, type RunningServices, startServices } from "./index.ts";

const account = {
  region: "eu-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
};

let services: RunningServices;
let sqs: SQSClient;
let ses: SESv2Client;
const messages: [body: string, delaySeconds: number][] = [];
const mails: SentMail[] = [];
const asked: Operation[] = [];
let failure: Failure | undefined;

beforeAll(async () => {
  services = await startServices({
    send: (body, { delaySeconds }) => `message-${messages.push([body, delaySeconds])}`,
    deliver: (mail) => `mail-${mails.push(mail)}`,
    failure: (operation) => {
      asked.push(operation);
      return failure;
    },
  });
  sqs = new SQSClient({ ...account, endpoint: services.endpoint });
  ses = new SESv2Client({ ...account, endpoint: services.endpoint });
});
afterAll(() => services.stop());
beforeEach(() => {
  for (const list of [messages, mails, asked]) list.length = 0;
  failure = undefined;
});

const queue = (input: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: services.queueUrl, MessageBody: "{}", ...input }));

const simple = { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello, Ada" } } };
const letter: SendEmailCommandInput = {
  FromEmailAddress: "gatehouse@example.com",
  Destination: { ToAddresses: ["ada@example.com"] },
  Content: { Simple: simple },
};
const mail = (input: object = {}) => ses.send(new SendEmailCommand({ ...letter, ...input }));

test("the SDK puts a message on the queue and finds its MD5 right", async () => {
  const body = JSON.stringify({ kind: "test", name: "Ädä 🦉" });
  expect(await queue({ MessageBody: body, DelaySeconds: 7 })).toMatchObject({ MessageId: "message-1" });
  expect(messages).toEqual([[body, 7]]);
});

test("a message of 1 MiB is taken and a larger one refused, as SQS has it", async () => {
  await queue({ MessageBody: "x".repeat(1_048_576) });
  const larger = queue({ MessageBody: "x".repeat(1_048_577) });
  await expect(larger).rejects.toMatchObject({ name: "InvalidParameterValue" });
  await expect(larger).rejects.toThrow(/must be shorter than 1048576 bytes/);
  expect(messages).toHaveLength(1);
});

test.each([
  ["an empty body", { MessageBody: "" }, "MissingParameter"],
  ["a character outside of SQS's", { MessageBody: "\u0000" }, "InvalidMessageContents"],
  ["a delay of more than 15 minutes", { DelaySeconds: 901 }, "InvalidParameterValue"],
  ["a delay below nothing", { DelaySeconds: -1 }, "InvalidParameterValue"],
  ["half a second", { DelaySeconds: 0.5 }, "InvalidParameterValue"],
  ["attributes, which are not emulated", { MessageGroupId: "a" }, "InvalidParameterValue"],
])("SQS refuses %s", async (_, input, name) => {
  await expect(queue(input)).rejects.toMatchObject({ name });
  expect(messages).toEqual([]);
});

test("SQS refuses a queue that there is not", async () => {
  const QueueUrl = services.queueUrl.replace("jobs", "others");
  await expect(queue({ QueueUrl })).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});

test("what is not emulated is refused by its name", async () => {
  const receive = sqs.send(new ReceiveMessageCommand({ QueueUrl: services.queueUrl }));
  await expect(receive).rejects.toThrow(/^AmazonSQS\.ReceiveMessage is not emulated/);
});

test("the SDK sends a mail in text and HTML", async () => {
  const Body = { Text: { Data: "Hello" }, Html: { Data: "<p>Hello", Charset: "UTF-8" } };
  const content = { Simple: { Subject: { Data: "Grüße 🦉" }, Body } };
  const answer = await mail({ FromEmailAddress: "Gatehouse <gatehouse@example.com>", Content: content });
  expect(answer).toMatchObject({ MessageId: "mail-1" });
  expect(mails).toEqual([
    {
      to: "ada@example.com",
      from: "Gatehouse <gatehouse@example.com>",
      subject: "Grüße 🦉",
      text: "Hello",
      html: "<p>Hello",
    },
  ]);
});

test.each([
  "gatehouse@example.com",
  "Gatehouse <gatehouse@example.com>",
  `"Gatehouse, \\"the\\" <house> @ home" <gatehouse@example.com>`,
  "=?UTF-8?Q?T=C3=BCr?= <gatehouse@example.com>",
])("a mail may be from %s", async (from) => {
  await mail({ FromEmailAddress: from });
  expect(mails[0]?.from).toBe(from);
});

test("everyone who is written to gets a copy", async () => {
  await mail({ Destination: { ToAddresses: ["ada@example.com", "grace@example.com"] } });
  expect(mails.map(({ to }) => to)).toEqual(["ada@example.com", "grace@example.com"]);
});

const withSimple = (change: object) => ({ Content: { Simple: { ...simple, ...change } } });

test.each([
  ["nobody to be from", { FromEmailAddress: undefined }, "FromEmailAddress is missing"],
  ["no address to be from", { FromEmailAddress: "gatehouse" }, "FromEmailAddress: illegal address"],
  ["half a bracket", { FromEmailAddress: "G <g@example.com" }, "FromEmailAddress: illegal address"],
  [
    "a name that is not encoded",
    { FromEmailAddress: "Grüße <g@example.com>" },
    "FromEmailAddress: illegal address",
  ],
  ["no destination", { Destination: undefined }, "Destination is missing"],
  ["nobody to write to", { Destination: { ToAddresses: [] } }, "Destination.ToAddresses is missing"],
  [
    "an address with a line break",
    { Destination: { ToAddresses: ["ada@example.com\r\nBcc: all@example.com"] } },
    "Destination.ToAddresses: illegal address",
  ],
  [
    "more than fifty recipients",
    { Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@example.com`) } },
    "Recipient count exceeds 50",
  ],
  [
    "a blind copy",
    { Destination: { BccAddresses: ["a@example.com"] } },
    "Destination.BccAddresses is not emulated",
  ],
  [
    "another kind of content",
    { Content: { Raw: { Data: new Uint8Array(1) } } },
    "Content.Raw is not emulated",
  ],
  ["no content", { Content: undefined }, "Content is missing"],
  ["no subject", withSimple({ Subject: undefined }), "Subject is missing"],
  [
    "a subject of two lines",
    withSimple({ Subject: { Data: "a\nb" } }),
    "Content.Simple.Subject has a control character",
  ],
  ["no body", withSimple({ Body: {} }), "Content.Simple.Body has neither Text nor Html"],
  ["a part without its text", withSimple({ Body: { Text: {} } }), "Text.Data is missing"],
  ["tags, which are not emulated", { EmailTags: [{ Name: "a", Value: "b" }] }, "EmailTags is not emulated"],
])("SES refuses %s", async (_, input, message) => {
  await expect(mail(input)).rejects.toMatchObject({ name: "BadRequestException", message });
  expect(mails).toEqual([]);
});

test("a failure on demand is what the SDK takes it for", async () => {
  failure = "error";
  await expect(queue()).rejects.toMatchObject({
    name: "InternalFailure",
    $metadata: { httpStatusCode: 500 },
  });
  await expect(mail()).rejects.toMatchObject({ name: "InternalFailure", $fault: expect.any(String) });
  failure = "throttled";
  await expect(queue()).rejects.toMatchObject({ name: "RequestThrottled" });
  await expect(mail()).rejects.toMatchObject({ name: "TooManyRequestsException" });
  expect([messages, mails]).toEqual([[], []]);
});

test("an answer can be lost though the work is done", async () => {
  failure = "lost";
  await expect(queue()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(messages).toHaveLength(1);
});

test("an answer can stay out until the client gives up", async () => {
  failure = "hang";
  const giveUp = new AbortController();
  const waiting = sqs.send(new SendMessageCommand({ QueueUrl: services.queueUrl, MessageBody: "{}" }), {
    abortSignal: giveUp.signal,
  });
  await expect.poll(() => asked, { timeout: 20_000 }).toEqual(["SendMessage"]);
  giveUp.abort();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(messages).toEqual([]);
});

/** Past the SDK, which sends nothing of the kind. */
function post(path: string, headers: Record<string, string>, body = "{}"): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const message = request(services.endpoint + path, { method: "POST", headers }, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  message.on("error", reject);
  message.end(body);
  return promise;
}

const target = { "x-amz-target": "AmazonSQS.SendMessage" };

test("no browser gets through", async () => {
  expect(await post("/", { ...target, origin: "http://localhost:3000" })).toBe(403);
  expect(await post("/v2/email/outbound-emails", { "sec-fetch-site": "none" })).toBe(403);
});

test.each([
  ["what is no JSON", "/", target, "{", 400],
  ["what is no object", "/v2/email/outbound-emails", {}, "[]", 400],
  ["another path", "/v2/email/identities", {}, "{}", 400],
  ["a body without a length", "/", { ...target, "transfer-encoding": "chunked" }, "{}", 413],
])("it refuses %s", async (_, path, headers, body, status) => {
  expect(await post(path, headers, body)).toBe(status);
});
