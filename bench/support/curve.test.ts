import { describe, expect, it } from "vitest";
import { mostEvaluated, pauseSeconds } from "./curve.ts";

it("five failures are free, the next costs a second, and each after it twice as much up to a quarter of an hour", () => {
  const pauses = [0, 1, 5, 6, 7, 8, 15, 16, 17, 1000].map(pauseSeconds);
  expect(pauses).toEqual([0, 0, 0, 1, 2, 4, 512, 900, 900, 900]);
});

describe("as many guesses are evaluated at the most", () => {
  it.each([
    [0, 6],
    [0.9, 6],
    [1, 7],
    [2.9, 7],
    [3, 8],
    [60, 11],
    [63, 12],
    [1023, 16],
    [1023 + 900, 17],
    [1023 + 1800, 18],
  ])("within %d s, one after the other: %d", (seconds, most) => {
    expect(mostEvaluated(seconds, 1)).toBe(most);
  });

  it.each([
    [0, 2, 7],
    [0, 50, 55],
    [1, 2, 8],
    [4, 4, 12],
    [31, 6, 16],
    [32, 6, 17],
  ])("within %d s, %d at once: %d", (seconds, atOnce, most) => {
    expect(mostEvaluated(seconds, atOnce)).toBe(most);
  });
});
