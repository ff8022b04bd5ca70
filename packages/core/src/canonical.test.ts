import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";

describe("the canonical text of a JSON value", () => {
  it("is the same whatever the order of the members, however deep they lie", () => {
    expect(canonical({ b: [{ d: 1, c: { f: 2, e: 3 } }], a: null })).toBe(
      canonical({ a: null, b: [{ c: { e: 3, f: 2 }, d: 1 }] }),
    );
  });

  it.each([
    [{ a: 1 }, { a: "1" }],
    [{ a: true }, { a: "true" }],
    [{ a: null }, {}],
    [{ a: null }, { a: "null" }],
    [{ a: 0 }, { a: false }],
    [{ a: "x" }, { a: "x " }],
    [{ a: "x" }, { A: "x" }],
    [{ a: "é" }, { a: "e\u0301" }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], { 0: 1 }],
    [[], {}],
    [{ a: { b: 1 } }, { "a.b": 1 }],
    [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    ["1", 1],
    [{ a: "\ud800" }, { a: "\ufffd" }],
    [JSON.parse('{"__proto__":{"a":1}}'), {}],
  ])("of %j is another than that of %j", (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it("property: is a text of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("property: is the same for members in another order", () => {
    const members = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([name]) => name });
    fc.assert(
      fc.property(members, (entries) => {
        const there = Object.fromEntries(entries);
        const back = Object.fromEntries(entries.toReversed());
        expect(canonical(there)).toBe(canonical(back));
      }),
    );
  });
});
