import { expect } from "vitest";
import type { Answer } from "../call.ts";
import { readTable } from "../table.ts";
import { changesBetween } from "./changes.ts";
import { later, outcomeOf, type Rehearsal, tidiedUp } from "./rehearsal.ts";

/** The request was answered as if there had been no fault, and has done the same. */
export async function expectAsRehearsed(rehearsal: Rehearsal, answer: Answer, about: string): Promise<void> {
  const { items, outcome, log } = rehearsal;
  const { shape, changes, events, queued } = await outcomeOf(items, answer);
  expect({ shape, changes }, about).toEqual({ shape: outcome.shape, changes: outcome.changes });
  expect(events, about).toBeLessThanOrEqual(outcome.events);
  // A job that only tells of what has happened may be lost, if the log has it.
  const lost = outcome.queued.filter((kind) => !queued.includes(kind));
  expect([...queued, ...lost].toSorted(), about).toEqual(outcome.queued);
  expect(log.unqueued(), about).toEqual(expect.arrayContaining(lost));
}

/**
 * The request was answered that it cannot be answered now, and has changed all or nothing. A later try makes up for what
 * is missing, or is told that it was done.
 */
export async function expectMadeUpFor(rehearsal: Rehearsal, answer: Answer, about: string): Promise<void> {
  const { scenario, items, outcome, send } = rehearsal;
  expectUnavailable(answer, about);
  const sent = await tidiedUp();
  const done = changesBetween(items, await readTable());
  if (!scenario.inSteps) expect([[], outcome.changes], about).toContainEqual(done);
  later();
  const again = await send();
  const whole = await outcomeOf(items, again, sent);
  const isTold = done.length > 0 && again.body?.code === scenario.afterwards;
  if (!isTold) expect(again.status, about).toBe(rehearsal.answer.status);
  if (!isTold && !scenario.inSteps) expect(whole.shape, about).toEqual(outcome.shape);
  const changes = scenario.mayRepeat ? [...new Set(whole.changes)] : whole.changes;
  expect(changes, about).toEqual(outcome.changes);
  // Fewer than there were, where the request erases them.
  expect(whole.events, about).toBeLessThanOrEqual(Math.max(2 * outcome.events, outcome.events));
  // Whoever is told that it was done asks for no notice of it.
  if (isTold) expect(outcome.queued, about).toEqual(expect.arrayContaining([...whole.queued]));
  else expect(whole.queued, about).toEqual(outcome.queued);
}

/** The one or the other, by what was answered. */
export async function expectAsRehearsedOrMadeUpFor(
  rehearsal: Rehearsal,
  answer: Answer,
  about: string,
): Promise<void> {
  const isAsRehearsed = answer.status === rehearsal.answer.status;
  await (isAsRehearsed ? expectAsRehearsed : expectMadeUpFor)(rehearsal, answer, about);
}

/** The one refusal that a fault may lead to. */
function expectUnavailable({ status, body, headers }: Answer, about: string): void {
  expect([status, body?.code, headers["retry-after"]], about).toEqual([503, "unavailable", "1"]);
}
