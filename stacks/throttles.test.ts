import { limits } from "@gatehouse/contract";
import { expect, test } from "vitest";
import { settingsOf } from "./stage.ts";
import { throttleOf } from "./throttles.ts";

test("a stage lets through its share of a limit, rounded to whole requests", () => {
  expect(throttleOf({ rate: 20, burst: 41 }, { throttleShare: 1 })).toEqual({ rate: 20, burst: 41 });
  expect(throttleOf({ rate: 20, burst: 41 }, { throttleShare: 0.2 })).toEqual({ rate: 4, burst: 8 });
});

// SST leaves throttling out, without a word, where either is 0.
test("however small its share, it lets through one", () => {
  expect(throttleOf({ rate: 20, burst: 40 }, { throttleShare: 0.001 })).toEqual({ rate: 1, burst: 1 });
});

test.each(["prod", "staging", "anna"])(
  "in %s every limit is a whole number, and no route has more than the API",
  (stage) => {
    const settings = settingsOf(stage);
    const whole = throttleOf(limits.api, settings);
    for (const limit of Object.values(limits.routes)) {
      const { rate, burst } = throttleOf(limit, settings);
      expect([rate, burst].every(Number.isInteger)).toBe(true);
      expect(rate).toBeLessThanOrEqual(whole.rate);
      expect(burst).toBeLessThanOrEqual(whole.burst);
    }
  },
);
