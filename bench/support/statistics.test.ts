import { describe, expect, it } from "vitest";
import { median, quantile, ratioOfMedians } from "./statistics.ts";

describe("a quantile", () => {
  it("is of the values in their order as numbers, which stay as they were", () => {
    const values = [10, 9, 100, 1];
    expect([quantile(values, 0), quantile(values, 1)]).toEqual([1, 100]);
    expect(values).toEqual([10, 9, 100, 1]);
  });

  it("is interpolated between two values", () => {
    expect(quantile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([3, 1, 2])).toBe(2);
  });

  it("of one value is that, and of none is no number", () => {
    expect(quantile([7], 0.95)).toBe(7);
    expect(median([])).toBeNaN();
  });
});

describe("a ratio of medians", () => {
  const base = Array.from({ length: 101 }, (_, index) => 50 + index);

  it("is exact where each value is so many times the base of its round", () => {
    const doubled = base.map((value) => 2 * value);
    expect(ratioOfMedians(doubled, base)).toEqual({ ratio: 2, low: 2, high: 2 });
  });

  it("lies in its interval, which does not reach one where the kinds differ for sure", () => {
    const apart = base.map((value, index) => value * 1.5 + (index % 7));
    const { ratio, low, high } = ratioOfMedians(apart, base, sequence());
    expect(ratio).toBeCloseTo(median(apart) / 100);
    expect(low).toBeGreaterThan(1);
    expect(low).toBeLessThan(ratio);
    expect(high).toBeGreaterThan(ratio);
  });

  it("has an interval around one where the kinds are alike", () => {
    const { low, high } = ratioOfMedians(base.toReversed(), base, sequence());
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
  });
});

/** Numbers that look random and are the same in each run (Park and Miller's generator). */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
