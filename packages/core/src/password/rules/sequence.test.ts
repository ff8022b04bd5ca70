import { expect, test } from "vitest";
import { sequence } from "./sequence.ts";

test.each(["12345678", "87654321", "abcdefgh", "zyxwvuts", "7890", "абвгдежз", "αβγδεζηθ".normalize("NFC")])(
  "%s is nothing but a sequence",
  (text) => {
    expect(sequence.strip(text)).toBe("");
  },
);

test("a sequence is taken out of the middle", () => {
  expect(sequence.strip("my1234dog")).toBe("mydog");
});

test.each(["first nope", "abc123xyz", "2468", "一丁丂七丄丅丆万"])("%s has no sequence", (text) => {
  expect(sequence.strip(text)).toBe(text);
});
