import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Line, overLine } from "../../../core/test/faulty-transport.ts";
import type { Answer } from "../call.ts";
import { expectMadeUpFor } from "./demands.ts";
import { type Rehearsal, rehearse, rewind } from "./rehearsal.ts";
import { calling } from "./scenarios.ts";
import { holdClock } from "./time-up.ts";
import { broken, unheard } from "./wire-answers.ts";

let clock: ReturnType<typeof holdClock>;
beforeAll(() => {
  clock = holdClock();
});
afterAll(() => clock.release());

/**
 * Sends a request whose time is up while it waits for one of its calls, whether or not that is done, and makes sure that
 * the call is given up and no other one begun.
 */
async function cutOff(rehearsal: Rehearsal, at: number, isDone: boolean): Promise<Answer> {
  await rewind(rehearsal);
  const calls = new Set<string>();
  const ends: (boolean | undefined)[] = [];
  const line: Line = async ({ call, signal }, send) => {
    if (calls.add(call).size <= at) return send();
    if (isDone) await unheard(send);
    clock.timeIsUp();
    ends.push(signal?.aborted);
    throw broken("ECONNRESET");
  };
  const answer = await overLine(line, async () => {
    const first = await rehearsal.send();
    // What is left of the request may try to go on now.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return first;
  });
  expect(ends).toEqual([true]);
  return answer;
}

it.each(calling)(
  "a request to $name whose time is up is unavailable, asks for nothing more, and is made up for",
  async (scenario) => {
    const rehearsal = await rehearse(scenario);
    for (const [at, { operation }] of rehearsal.calls.entries()) {
      for (const isDone of [false, true]) {
        const answer = await cutOff(rehearsal, at, isDone);
        await expectMadeUpFor(
          rehearsal,
          answer,
          `call ${at + 1}, ${operation}, ${isDone ? "done" : "not done"}`,
        );
      }
    }
  },
);
