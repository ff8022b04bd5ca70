import { expect, it } from "vitest";
import { readIdempotencyKey } from "./idempotency-key.ts";

it("a request without the header has no key", () => {
  expect(readIdempotencyKey({})).toBeUndefined();
});

it("two headers, which the gateway joins with a comma, are one key of their own", () => {
  expect(readIdempotencyKey({ "idempotency-key": "a,b" })).toBe("a,b");
});
