import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLetter, anyText } from "../../../core/test/any-text.ts";
import { readBearer } from "./bearer.ts";

const segment = fc.stringMatching(/^[\w-]{1,40}$/);
const tokens = fc.tuple(segment, segment, segment).map((segments) => segments.join("."));
const scheme = fc.mixedCase(fc.constant("bearer"));
const numRuns = 1000;

describe("property: an Authorization header", () => {
  it("gives three segments of base64url or nothing, whatever it holds", () => {
    fc.assert(
      fc.property(anyText(), fc.constantFrom("", "Bearer ", "bearer  "), (text, prefix) => {
        expect(readBearer(prefix + text) ?? "a.b.c").toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      }),
      { numRuns },
    );
  });

  it("gives its token to the letter, however the scheme is written and wherever the spaces end", () => {
    fc.assert(
      fc.property(scheme, fc.integer({ min: 1, max: 20 }), tokens, (word, spaces, token) => {
        expect(readBearer(word + " ".repeat(spaces) + token)).toBe(token);
        expect(readBearer(token)).toBe(token);
      }),
      { numRuns },
    );
  });

  it("with any other word before the token gives none", () => {
    const word = anyText({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.constantFrom("", " ", "\t", ":", ", "), tokens, (before, separator, token) => {
        // What still is a token of its own, without a scheme, is another test's.
        fc.pre(!/^(?:bearer +)?[\w-]*$/i.test(before + separator));
        expect(readBearer(before + separator + token)).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it("that is doubled gives none, by whatever it was joined", () => {
    const separator = fc.constantFrom(",", ", ", " ", ";", "\n", "\r\n", "\0", ".");
    fc.assert(
      fc.property(scheme, separator, tokens, tokens, (word, between, one, other) => {
        expect(readBearer(`${word} ${one}${between}${word} ${other}`)).toBeUndefined();
        expect(readBearer(`${word} ${one}${between}${other}`)).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it("with one character of no base64url anywhere in the token gives none", () => {
    const odd = anyLetter.filter((text) => !/[\w.-]/.test(text));
    fc.assert(
      fc.property(scheme, tokens, fc.nat(), odd, (word, token, index, letter) => {
        const at = (index % token.length) + 1;
        expect(readBearer(`${word} ${token.slice(0, at)}${letter}${token.slice(at)}`)).toBeUndefined();
      }),
      { numRuns },
    );
  });
});
