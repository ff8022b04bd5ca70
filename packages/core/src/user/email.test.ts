import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseEmail } from "./email.ts";

describe("the normalised email", () => {
  it("differs from the typed one in the case of its ASCII letters alone", () => {
    expect(normaliseEmail("Test.User+Tag@EXAMPLE.com")).toBe("test.user+tag@example.com");
    expect(normaliseEmail(" a.b@c.de ")).toBe(" a.b@c.de ");
  });

  it.each([
    ["the Kelvin sign", "\u212Aelvin@example.com", "kelvin@example.com"],
    ["the dotted capital I", "\u0130stanbul@example.com", "istanbul@example.com"],
    ["the dotless i", "\u0131stanbul@example.com", "istanbul@example.com"],
    ["the long s", "\u017Fam@example.com", "sam@example.com"],
    ["a full-width letter", "\uFF41nna@example.com", "anna@example.com"],
    ["the sharp s", "stra\u00DFe@example.com", "strasse@example.com"],
    ["a Cyrillic letter", "\u0430nna@example.com", "anna@example.com"],
    ["a zero-width space", "an\u200Bna@example.com", "anna@example.com"],
    ["a combining accent", "anna\u0301@example.com", "anna@example.com"],
  ])("%s is no other letter", (_, email, other) => {
    expect(normaliseEmail(email)).not.toBe(other);
  });

  it("property: two emails have the same one exactly where they differ in ASCII case alone", () => {
    const upper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        expect(normaliseEmail(one)).toBe(normaliseEmail(upper(one)));
        expect(normaliseEmail(normaliseEmail(one))).toBe(normaliseEmail(one));
        expect(normaliseEmail(one) === normaliseEmail(other)).toBe(upper(one) === upper(other));
      }),
    );
  });
});
