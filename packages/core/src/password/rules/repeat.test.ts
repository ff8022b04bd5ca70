import fc from "fast-check";
import { expect, test } from "vitest";
import { repeat } from "./repeat.ts";

test.each([
  ["aaaaaaaa", "a"],
  ["abababab", "ab"],
  ["abcabcabc", "abc"],
  ["abcabcab", "abc"],
  ["aaaabbbb", "ab"],
  ["sunshinesunshine", "sunshine"],
  ["sunshine sunshine", "sunshine "],
  ["密密密密密密密密", "密"],
  ["😀😀😀😀😀😀😀😀", "😀"],
])("of %s there remains %s", (text, rest) => {
  expect(repeat.strip(text)).toBe(rest);
});

test.each(["bookkeeper", "cool tree", "k7#qz!mp2v"])("%s repeats nothing", (text) => {
  expect(repeat.strip(text)).toBe(text);
});

test("any unit of up to twenty characters counts once, however often it is said", () => {
  const unit = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(unit, fc.integer({ min: 3, max: 50 }), (text, times) => {
      expect([...repeat.strip(text.repeat(times))].length).toBeLessThanOrEqual([...text].length + 1);
    }),
  );
});
