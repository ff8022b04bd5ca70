import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, skeleton } from "./fold.ts";

test.each([
  ["PassWord", "password"],
  ["pässwörd", "password"],
  ["ｐａｓｓｗｏｒｄ", "password"],
  ["İstanbul", "istanbul"],
  ["Йод", "иод"],
])("folding reads %s as %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each(["नमस्ते दुनिया", "สวัสดีชาวโลก", "안녕하세요", "密码是一个"])(
  "folding keeps the marks of %s, which are letters there",
  (text) => {
    expect(fold(text)).toBe(text);
  },
);

test("both ways to write an accent fold to the same text", () => {
  expect(fold("e\u0301te\u0301")).toBe(fold("\u00e9t\u00e9"));
});

test.each([
  ["p@$$w0rd", "password"],
  ["!1oveyou", "iloveyou"],
  ["l33+", "leet"],
  ["8ig9un", "biggun"],
])("%s has the skeleton of %s", (text, word) => {
  expect(skeleton(text)).toBe(skeleton(word));
});

test("a skeleton has the length of its text and is its own skeleton", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(skeleton(text)).toHaveLength(text.length);
      expect(skeleton(skeleton(text))).toBe(skeleton(text));
    }),
  );
});
