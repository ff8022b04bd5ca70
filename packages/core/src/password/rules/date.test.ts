import { expect, test } from "vitest";
import { date } from "./date.ts";

test.each([
  ["1985", ""],
  ["19851986", ""],
  ["13.07.1985", ""],
  ["1985-07-13", ""],
  ["7/4/2026", ""],
  ["july1985!", "july!"],
])("of %s there remains %j", (text, rest) => {
  expect(date.strip(text)).toBe(rest);
});

test.each(["1850", "2100", "3.14159"])("%s is no date of anybody's life", (text) => {
  expect(date.strip(text)).toBe(text);
});
