import fc from "fast-check";
import { expect, test } from "vitest";
import { runsAlong, stripRuns } from "./runs.ts";

const runs = runsAlong(["abcdefg"], 4);

test.each([
  ["abcd", ""],
  ["xabcdefgx", "xx"],
  ["xgfedx", "xx"],
  ["abcx", "abcx"],
  ["abxcd", "abxcd"],
])("of %s there remains %j", (text, rest) => {
  expect(stripRuns(text, runs)).toBe(rest);
});

test("a text is looked up once a character, whatever it is", () => {
  let lookups = 0;
  const stretches = new Set(runs.stretches);
  stretches.has = (stretch) => {
    lookups++;
    return runs.stretches.has(stretch);
  };
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."abcdx"), maxLength: 1024 }), (text) => {
      lookups = 0;
      stripRuns(text, { length: 4, stretches });
      expect(lookups).toBe(text.length);
    }),
  );
});
