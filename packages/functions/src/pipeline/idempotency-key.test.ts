import { AuthError } from "@gatehouse/core/error";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readIdempotencyKey } from "./idempotency-key.ts";

it("a request without the header has no key", () => {
  expect(readIdempotencyKey({})).toBeUndefined();
});

it("a key is 1 to 255 visible ASCII characters, told to the letter, and anything else is refused", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 300 })),
      (text) => {
        const isKey =
          text.length >= 1 &&
          text.length <= 255 &&
          [...text].every((letter) => letter > " " && letter < "\x7f");
        const read = () => readIdempotencyKey({ "idempotency-key": text });
        if (isKey) expect(read()).toBe(text);
        else expect(read).toThrow(new AuthError("invalid_idempotency_key"));
      },
    ),
  );
});

it("two headers, which the gateway joins with a comma, are one key of their own", () => {
  expect(readIdempotencyKey({ "idempotency-key": "a,b" })).toBe("a,b");
});
