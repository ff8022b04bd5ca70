import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addTo, type BloomFilter, createFilter, mayContain } from "./bloom-filter.ts";

function filterOf(entries: readonly string[]): BloomFilter {
  const filter = createFilter(entries.length, 24);
  for (const entry of entries) addTo(filter, entry);
  return filter;
}

function randomTexts(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    createHash("sha256").update(`${kind} ${index}`).digest("base64url"),
  );
}

test("what was added is found", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (entries) => {
      const filter = filterOf(entries);
      expect(entries.every((entry) => mayContain(filter, entry))).toBe(true);
    }),
  );
});

test("nothing is found in an empty filter", () => {
  expect(mayContain(createFilter(100, 24), "password")).toBe(false);
});

test("of 100,000 texts that were not added at most 5 are found", () => {
  const filter = filterOf(randomTexts("added", 10_000));
  const found = randomTexts("other", 100_000).filter((text) => mayContain(filter, text));
  expect(found.length).toBeLessThanOrEqual(5);
});

test("the same entries in any order make the same bits", () => {
  const entries = randomTexts("entry", 100);
  expect(filterOf(entries.toReversed()).bits).toEqual(filterOf(entries).bits);
});
