import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openClock } from "./clock.ts";

const minute = 60_000;
const start = Date.parse("2026-07-22T12:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const answer = (headers: Record<string, string>) => ({ statusCode: 400, headers, body: Readable.from([]) });
const dated = (time: number) => answer({ date: new Date(time).toUTCString() });

it("a request is signed by the time that the answer before told", () => {
  const clock = openClock();
  expect(clock.set(dated(start + 10 * minute), clock.now())).toBe(true);
  expect(clock.now().date.getTime()).toBe(start + 10 * minute);
});

it("a small difference is kept and explains no refusal, nor does one that was known when the request was signed", () => {
  const clock = openClock();
  expect(clock.set(dated(start + minute), clock.now())).toBe(false);
  expect(clock.now().offset).toBe(minute);
  expect(clock.set(dated(start + 10 * minute), clock.now())).toBe(true);
  expect(clock.set(dated(start + 10 * minute), clock.now())).toBe(false);
});

it.each([
  ["has no date", {}],
  ["has none that is one", { date: "yesterday" }],
  ["is of a cache", { date: new Date(start + 10 * minute).toUTCString(), age: "10" }],
])("an answer that %s tells nothing", (_, headers) => {
  const clock = openClock();
  expect(clock.set(answer(headers), clock.now())).toBe(false);
  expect(clock.now().offset).toBe(0);
});

it("an answer that took longer than a quarter of an hour tells nothing", () => {
  const clock = openClock();
  const signed = clock.now();
  vi.setSystemTime(start + 16 * minute);
  expect(clock.set(dated(start), signed)).toBe(false);
  expect(clock.now().offset).toBe(0);
});
