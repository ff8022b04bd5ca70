import { randomUUID } from "node:crypto";
import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { expect, vi } from "vitest";
import { type Line, overLine, type Try } from "../../../core/test/faulty-transport.ts";
import { type Answer, call } from "../call.ts";
import type { Request } from "../event.ts";
import { handlerOf } from "../handler-of.ts";
import { clearOutbox, jobs, type SentJob } from "../outbox.ts";
import { newPerson, type Person } from "../people.ts";
import { sampleOf } from "../samples.ts";
import { type Item, putBack, readTable } from "../table.ts";
import { changesBetween, countEvents, shapeOf } from "./changes.ts";
import { type Log, watchLog } from "./log.ts";
import type { Scenario } from "./scenario.ts";

/** What a request came to, once the jobs that only tidy up after it are done. */
export interface Outcome {
  /** Of its answer. */
  readonly shape: object;
  readonly changes: readonly string[];
  readonly events: number;
  /** The kinds of the jobs that were queued, each job once. */
  readonly queued: readonly string[];
}

/** A request, the table in which it succeeds, and what it comes to where nothing fails. */
export interface Rehearsal {
  readonly scenario: Scenario;
  readonly items: readonly Item[];
  /** Every call that it makes. */
  readonly calls: readonly Try[];
  readonly answer: Answer;
  readonly outcome: Outcome;
  readonly send: () => Promise<Answer>;
  readonly log: Log;
}

let start = Date.now();

function atSecond(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: start + seconds * 1000 });
}

/** When the request is sent, and when once more: past the lock of a key, and within the grace of a refresh token. */
const [sentAt, sentAgainAt] = [5, 25];

/** Readies the table for a request, sends it once, and notes what comes of it. */
export async function rehearse(scenario: Scenario): Promise<Rehearsal> {
  // Later than all before it, because no id is made that is older than the last one.
  start += 30_000;
  atSecond(0);
  await putBack([]);
  const person = await newPerson();
  const request = await requestOf(scenario, person);
  const handler = await handlerOf(scenario.route.name);
  const send = () => call(handler, request);
  const items = await readTable();
  clearOutbox();
  atSecond(sentAt);
  const calls = new Map<string, Try>();
  const listen: Line = (attempt, pass) => {
    calls.set(attempt.call, attempt);
    return pass();
  };
  const answer = await overLine(listen, send);
  const { refusal, route } = scenario;
  expect(refusal ? answer.body.code : answer.status).toBe(refusal ?? route.answer.status);
  const outcome = await outcomeOf(items, answer);
  const log = watchLog([...secretsIn(request.body), person.token, person.refreshToken]);
  return { scenario, items, calls: [...calls.values()], answer, outcome, send, log };
}

async function requestOf({ route, prepare }: Scenario, person: Person): Promise<Request> {
  return {
    method: route.method,
    ...sampleOf(route, person),
    ...(route.authorizer === "token" ? { context: person.context } : {}),
    ...(route.idempotent ? { headers: { "idempotency-key": randomUUID() } } : {}),
    ...(await prepare?.(person)),
  };
}

function secretsIn(body: unknown): string[] {
  const entries = Object.entries((body ?? {}) as Record<string, string>);
  return entries.filter(([name]) => /password|token/i.test(name)).map(([, value]) => value);
}

/** Puts table, queue, log and clock back to before the request. */
export async function rewind({ items, log }: Rehearsal): Promise<void> {
  await putBack(items);
  clearOutbox();
  log.begin();
  atSecond(sentAt);
}

/** Moves the clock to when a caller who was told nothing tries again. */
export function later(): void {
  atSecond(sentAgainAt);
}

/** What came of a request, and of one before it that queued the jobs `earlier`. */
export async function outcomeOf(
  items: readonly Item[],
  answer: Answer,
  earlier: readonly SentJob[] = [],
): Promise<Outcome> {
  const sent = [...earlier, ...(await tidiedUp())];
  const after = await readTable();
  const kinds = new Map(sent.filter(({ kind }) => kind !== "tidy").map(({ id, kind }) => [id, String(kind)]));
  return {
    shape: shapeOf(answer),
    changes: changesBetween(items, after),
    events: countEvents(after) - countEvents(items),
    queued: [...kinds.values()].toSorted(),
  };
}

/** Does the jobs that only tidy up, as the worker would, and answers everything that was queued. */
export async function tidiedUp(): Promise<readonly SentJob[]> {
  const sent = jobs();
  for (const job of sent.filter(({ kind }) => kind === "tidy")) await runJob(readJob(JSON.stringify(job)));
  return sent;
}
