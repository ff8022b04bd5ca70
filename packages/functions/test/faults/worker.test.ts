import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import type { SQSEvent } from "aws-lambda";
import { expect, it, vi } from "vitest";
import { newId } from "../../../core/src/id.ts";
import { type Line, overLine, type Try } from "../../../core/test/faulty-transport.ts";
import { eventOf } from "../../../local/src/queue/event.ts";
import { newMessage } from "../../../local/src/queue/message.ts";
import { handler } from "../../src/worker.ts";
import { clearOutbox, mails } from "../outbox.ts";
import { newPerson } from "../people.ts";
import { captureStdout } from "../stdout.ts";
import { type Item, putBack, readTable } from "../table.ts";
import { changesBetween } from "./changes.ts";
import { type Case, casesOf, type Span, underFault } from "./every-call.ts";
import { collisions, delays, lostAnswers, nonsense, refusals, unreached } from "./faults.ts";
import { kinds } from "./jobs.ts";
import { broken } from "./wire-answers.ts";

captureStdout();

interface Delivery {
  readonly items: readonly Item[];
  readonly calls: readonly Try[];
  readonly changes: readonly string[];
  readonly letters: readonly string[];
  /** Delivers it, and answers whether it is done. */
  readonly work: () => Promise<boolean>;
}

/** A job as the queue delivers it, the table before it, and what comes of it where nothing fails. */
async function deliver({ kind, prepare }: (typeof kinds)[number]): Promise<Delivery> {
  await putBack([]);
  const job = { id: newId(), kind, ...(await prepare(await newPerson())) };
  const message = { ...newMessage(JSON.stringify(job)), receiveCount: 1 };
  const event = eventOf([message], "arn:aws:sqs:eu-central-1:123456789012:jobs") as unknown as SQSEvent;
  const work = async () => {
    const { batchItemFailures } = await handler(event, { getRemainingTimeInMillis: () => 30_000 });
    expect([[], [{ itemIdentifier: message.id }]]).toContainEqual(batchItemFailures);
    return batchItemFailures.length === 0;
  };
  const items = await readTable();
  clearOutbox();
  const calls = new Map<string, Try>();
  const listen: Line = (attempt, send) => {
    calls.set(attempt.call, attempt);
    return send();
  };
  expect(await overLine(listen, work)).toBe(true);
  const changes = changesBetween(items, await readTable());
  return { items, calls: [...calls.values()], changes, letters: lettersSent(), work };
}

/** Without which a job is not done. The mark of a record may stay behind: the next event brings it along. */
function neededOf({ calls }: Delivery): readonly Try[] {
  return calls.filter(({ body }) => (body["Item"] as Item | undefined)?.["sk"]?.["S"] !== "mark");
}

/** To whom a letter went and about what, one line each, however often it was sent the same. */
function lettersSent(): readonly string[] {
  const letters = new Map(mails().map(({ to, subject, text }) => [to + text, `${to}: ${subject}`]));
  return [...letters.values()];
}

/** Delivers a job while a fault strikes, and again while it is not done, and makes sure that it is done then. */
async function expectDone(delivery: Delivery, each: Case, span: Span): Promise<boolean> {
  const { items, changes, letters, work } = delivery;
  await putBack(items);
  clearOutbox();
  const isDone = await underFault(each, span, work);
  if (!isDone) expect(await work(), each.about).toBe(true);
  expect(changesBetween(items, await readTable()), each.about).toEqual(changes);
  expect(lettersSent(), each.about).toEqual(letters);
  return isDone;
}

it.each(kinds)("a job that $name is done in spite of a fault that passes", async (kind) => {
  const delivery = await deliver(kind);
  const passing = [...refusals, ...collisions, ...unreached, ...delays, ...lostAnswers];
  for (const each of casesOf(delivery.calls, passing)) {
    expect(await expectDone(delivery, each, "once"), each.about).toBe(true);
  }
});

it.each(kinds)(
  "a job that $name and fails is delivered again and done, without another letter",
  async (kind) => {
    const delivery = await deliver(kind);
    const lasting = [...refusals, ...collisions, ...unreached, ...lostAnswers, ...nonsense];
    for (const each of casesOf(neededOf(delivery), lasting)) {
      expect(await expectDone(delivery, each, "lasting"), each.about).toBe(false);
    }
  },
);

it.each(kinds)(
  "a job that $name is given up when it takes too long, and done the next time",
  async (kind) => {
    const delivery = await deliver(kind);
    const { items, changes, letters, work } = delivery;
    for (const [at, { operation }] of neededOf(delivery).entries()) {
      await putBack(items);
      const time = new AbortController();
      const limit = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(time.signal);
      const tries: string[] = [];
      const line: Line = async ({ call }, send) => {
        tries.push(call);
        if (new Set(tries).size <= at) return send();
        time.abort();
        throw broken("ECONNRESET");
      };
      expect(await overLine(line, work), operation).toBe(false);
      expect(tries, operation).toHaveLength(at + 1);
      expect(limit, operation).toHaveBeenCalledExactlyOnceWith(9000);
      limit.mockRestore();
      expect(await work(), operation).toBe(true);
      expect(changesBetween(items, await readTable()), operation).toEqual(changes);
      expect(lettersSent(), operation).toEqual(letters);
    }
  },
);
