import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createQueue, type DeadLetter, type QueueOptions, type SqsEvent } from "./index.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A queue before a function that answers as it is told, and what that function was called with. */
function queueBefore(answer: (event: SqsEvent) => unknown, options: Partial<QueueOptions> = {}) {
  const events: SqsEvent[] = [];
  const invoke = async (event: SqsEvent) => {
    events.push(event);
    return answer(event);
  };
  const queue = createQueue({ invoke, visibilityTimeoutSeconds: 2, ...options });
  const bodies = () => events.map(({ Records }) => Records.map(({ body }) => body));
  const counts = () => events.map(({ Records }) => Records[0]?.attributes["ApproximateReceiveCount"]);
  return { queue, events, bodies, counts };
}

/** Lets everything happen that waits for no clock. */
const settle = () => vi.advanceTimersByTimeAsync(0);

const failing = () => {
  throw new Error("no route to host");
};

const failed = (...ids: unknown[]) => ({ batchItemFailures: ids.map((id) => ({ itemIdentifier: id })) });

test("a message is delivered once where the function deals with it, in the event that Lambda makes", async () => {
  vi.setSystemTime(1_800_000_000_000);
  const { queue, events } = queueBefore(() => undefined, {
    arn: "arn:aws:sqs:eu-central-1:123456789012:jobs",
  });
  const messageId = queue.send(`{"kind":"test"}`);
  await queue.idle();
  expect(events).toEqual([
    {
      Records: [
        {
          messageId,
          receiptHandle: expect.stringMatching(/^[\w+/]{64}$/),
          body: `{"kind":"test"}`,
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: "1800000000000",
            SenderId: "123456789012",
            ApproximateFirstReceiveTimestamp: "1800000000000",
          },
          messageAttributes: {},
          // printf '{"kind":"test"}' | md5sum
          md5OfBody: "b79a527218ecdffee88eed96ba0954a6",
          eventSource: "aws:sqs",
          eventSourceARN: "arn:aws:sqs:eu-central-1:123456789012:jobs",
          awsRegion: "eu-central-1",
        },
      ],
    },
  ]);
});

test("messages that are sent together travel together, in batches that are no larger than allowed", async () => {
  const { queue, bodies } = queueBefore(() => null, { batchSize: 2 });
  for (const body of ["1", "2", "3"]) queue.send(body);
  await queue.idle();
  expect(bodies()).toEqual([["1", "2"], ["3"]]);
});

test("no more batches run at a time than allowed", async () => {
  const answers: PromiseWithResolvers<void>[] = [];
  const slow = () => {
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    return answer.promise;
  };
  const { queue, bodies } = queueBefore(slow, { batchSize: 1, concurrency: 2 });
  for (const body of ["1", "2", "3"]) queue.send(body);
  await settle();
  expect(bodies()).toEqual([["1"], ["2"]]);
  answers[1]?.resolve();
  await settle();
  expect(bodies()).toEqual([["1"], ["2"], ["3"]]);
});

test("a message is hidden for its delay, and nobody waits for it", async () => {
  const { queue, bodies } = queueBefore(() => undefined);
  queue.send("later", { delaySeconds: 900 });
  await queue.idle();
  await vi.advanceTimersByTimeAsync(899_999);
  expect(bodies()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(bodies()).toEqual([["later"]]);
});

test("waiting can be skipped, for a delay as for a retry", async () => {
  let fails = true;
  const { queue, bodies } = queueBefore(() => (fails ? failing() : undefined));
  queue.send("now");
  queue.send("later", { delaySeconds: 900 });
  await settle();
  fails = false;
  queue.skipWaiting();
  await queue.idle();
  expect(bodies().flat().sort()).toEqual(["later", "now", "now"]);
  await vi.runAllTimersAsync();
  expect(bodies().flat()).toHaveLength(3);
});

test("each message of a batch whose function throws comes back after the visibility timeout, with its count", async () => {
  let calls = 0;
  const { queue, bodies, counts, events } = queueBefore(() => {
    calls += 1;
    if (calls === 1) failing();
  });
  queue.send("1");
  queue.send("2");
  await vi.advanceTimersByTimeAsync(1999);
  expect(bodies()).toEqual([["1", "2"]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(bodies().flat()).toEqual(["1", "2", "1", "2"]);
  expect(counts().slice(0, 2)).toEqual(["1", "2"]);
  const [first, second] = events.map(({ Records: [record] }) => record);
  expect(second?.messageId).toBe(first?.messageId);
  expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
  expect(second?.attributes["ApproximateFirstReceiveTimestamp"]).toBe(first?.attributes["SentTimestamp"]);
});

test("of a batch only those messages come back that the function says it failed", async () => {
  const { queue, bodies, events } = queueBefore(({ Records }) =>
    events.length === 1 ? failed(Records[1]?.messageId) : failed(),
  );
  for (const body of ["1", "2", "3"]) queue.send(body);
  await vi.advanceTimersByTimeAsync(2000);
  await queue.idle();
  expect(bodies()).toEqual([["1", "2", "3"], ["2"]]);
});

test("a message that fails every time is a dead letter after its last receipt, with the reason", async () => {
  const told: DeadLetter[] = [];
  const { queue, counts } = queueBefore(failing, { maxReceiveCount: 3, onDeadLetter: (l) => told.push(l) });
  const messageId = queue.send("poison");
  await vi.advanceTimersByTimeAsync(5999);
  expect(queue.deadLetters).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await queue.idle();
  expect(counts()).toEqual(["1", "2", "3"]);
  expect(told).toEqual([{ messageId, body: "poison", receiveCount: 3, reason: "no route to host" }]);
  expect(queue.deadLetters).toEqual(told);
});

test("a message that fails does not hold up the others", async () => {
  const { queue, bodies } = queueBefore(
    ({ Records: [record] }) => (record?.body === "poison" ? failing() : null),
    {
      batchSize: 1,
      concurrency: 1,
    },
  );
  for (const body of ["poison", "1", "2"]) queue.send(body);
  await settle();
  expect(bodies()).toEqual([["poison"], ["1"], ["2"]]);
});

test("a queue that delivers twice does so though the function dealt with it", async () => {
  const { queue, counts } = queueBefore(() => failed(), { deliveries: 2 });
  queue.send("1");
  await queue.idle();
  expect(counts()).toEqual(["1", "2"]);
});

test("without a visibility timeout a failure needs no clock at all", async () => {
  const { queue, counts } = queueBefore(failing, { visibilityTimeoutSeconds: 0, maxReceiveCount: 2 });
  queue.send("1");
  await queue.idle();
  expect(counts()).toEqual(["1", "2"]);
  expect(queue.deadLetters).toHaveLength(1);
});

test("a stop waits for the batch that runs and receives nothing more", async () => {
  const answer = Promise.withResolvers<void>();
  const { queue, bodies } = queueBefore(() => answer.promise, { batchSize: 1, concurrency: 1 });
  for (const body of ["1", "2"]) queue.send(body);
  queue.send("3", { delaySeconds: 1 });
  await settle();
  let isStopped = false;
  const stopping = queue.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(400);
  expect(isStopped).toBe(false);
  answer.reject(new Error("it failed at the end"));
  await stopping;
  await vi.runAllTimersAsync();
  await queue.idle();
  expect(bodies()).toEqual([["1"]]);
});

test("a stop does not wait for ever", async () => {
  const { queue } = queueBefore(() => new Promise(() => {}));
  queue.send("1");
  await settle();
  const stopping = queue.stop();
  await vi.advanceTimersByTimeAsync(500);
  await stopping;
});
