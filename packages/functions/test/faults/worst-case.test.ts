/** How long a call may take that gets no answer whatever is done: counted, not timed. */
import * as User from "@gatehouse/core/user";
import { afterEach, expect, it, vi } from "vitest";
import { newId } from "../../../core/src/id.ts";
import * as Job from "../../../core/src/job/index.ts";
import { type Line, overLine } from "../../../core/test/faulty-transport.ts";
import { broken } from "./wire-answers.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** As the transport is configured (core/src/request-handler.ts). */
const oneTryMs = 2000;

/** What Lambda gives a function of the API (stacks/function.ts), less what it keeps to say that it cannot answer. */
const mostMs = 9000 - 1000;

/** All tries of one call, and the longest pauses that can be drawn between them. */
async function longestMs(run: () => Promise<unknown>): Promise<number> {
  let total = 0;
  const silence: Line = async () => {
    total += oneTryMs;
    throw broken("ETIMEDOUT");
  };
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((done: () => void, ms = 0) => {
    total += ms;
    setImmediate(done);
  }) as typeof setTimeout);
  await expect(overLine(silence, run)).rejects.toThrow();
  return total;
}

it.each([
  ["the table", 3, () => User.get(newId())],
  ["the queue", 2, () => Job.enqueue({ kind: "tidy", userId: newId() })],
])("%s is given up after %d tries, while there is time left to say so", async (_, tries, run) => {
  const total = await longestMs(run);
  expect(total).toBeGreaterThan(tries * oneTryMs);
  expect(total).toBeLessThan(Math.min(mostMs, (tries + 1) * oneTryMs));
});
