import { expect, it } from "vitest";
import { mostEvaluated, pauseSeconds } from "./curve.ts";

it("five failures are free, then a second has to pass, and after each further one twice as much up to a quarter of an hour", () => {
  const pauses = [0, 1, 4, 5, 6, 7, 14, 15, 16, 1000].map(pauseSeconds);
  expect(pauses).toEqual([0, 0, 0, 1, 2, 4, 512, 900, 900, 900]);
});

it.each([
  [0, 5],
  [0.9, 5],
  [1, 6],
  [2.9, 6],
  [3, 7],
  [60, 10],
  [63, 11],
  [1023, 15],
  [1023 + 900, 16],
  [3600, 17],
])("within %d s at the most so many guesses are evaluated: %d", (seconds, most) => {
  expect(mostEvaluated(seconds)).toBe(most);
});
