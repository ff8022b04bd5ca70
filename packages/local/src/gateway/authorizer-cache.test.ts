import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AuthorizerAnswer } from "./authorizer-answer.ts";
import { createAuthorizerCache } from "./authorizer-cache.ts";

const answer: AuthorizerAnswer = { context: null, allows: () => true };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test("an answer is kept for its time and not a millisecond longer", () => {
  const cache = createAuthorizerCache(60);
  cache.set(["token"], answer);
  vi.setSystemTime(1_059_999);
  expect(cache.get(["token"])).toBe(answer);
  vi.setSystemTime(1_060_000);
  expect(cache.get(["token"])).toBeUndefined();
});

test("reading an answer does not make it last longer, writing it anew does", () => {
  const cache = createAuthorizerCache(60);
  cache.set(["token"], answer);
  vi.setSystemTime(1_050_000);
  cache.get(["token"]);
  cache.set(["other"], answer);
  vi.setSystemTime(1_060_000);
  expect(cache.get(["token"])).toBeUndefined();
  expect(cache.get(["other"])).toBe(answer);
});

test("a time of 0 keeps nothing", () => {
  const cache = createAuthorizerCache(0);
  cache.set(["token"], answer);
  expect(cache.get(["token"])).toBeUndefined();
});

test.each([
  [["a", "b"], ["a,b"]],
  [
    ["a", "b"],
    ["b", "a"],
  ],
  [["a"], ["A"]],
  [["a"], ["a", ""]],
])("%j and %j are two identities", (one, other) => {
  const cache = createAuthorizerCache(60);
  cache.set(one, answer);
  expect(cache.get(other)).toBeUndefined();
});

test("clear forgets everything", () => {
  const cache = createAuthorizerCache(60);
  cache.set(["token"], answer);
  cache.clear();
  expect(cache.get(["token"])).toBeUndefined();
});

test("a client with ever new tokens does not fill the memory: the oldest go first", () => {
  const cache = createAuthorizerCache(60);
  for (let token = 0; token < 10_001; token++) cache.set([`${token}`], answer);
  expect(cache.get(["0"])).toBeUndefined();
  expect(cache.get(["1"])).toBe(answer);
  expect(cache.get(["10000"])).toBe(answer);
});
