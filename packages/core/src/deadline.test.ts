import { expect, it } from "vitest";
import { deadline, until } from "./deadline.ts";

it("a deadline is that of what runs under it, however many run at a time", async () => {
  const [one, other] = [AbortSignal.abort(), new AbortController().signal];
  const ask = async () => {
    await new Promise(setImmediate);
    return deadline();
  };
  expect(await Promise.all([until(one, ask), ask(), until(other, ask)])).toEqual([one, undefined, other]);
  expect(deadline()).toBeUndefined();
});

it("what runs under a deadline answers what it answers, and throws what it throws", () => {
  const { signal } = new AbortController();
  expect(until(signal, () => 7)).toBe(7);
  expect(() => until(signal, () => JSON.parse("{"))).toThrow(SyntaxError);
});
