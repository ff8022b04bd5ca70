import { errors } from "@gatehouse/contract";
import { describe, expect, test } from "vitest";
import { type Failed, wordsFor, wordsForEnd } from "./errors.ts";

const codes = [
  ...Object.keys(errors),
  "network_error",
  "timeout",
  "aborted",
  "unknown_error",
  "not_logged_in",
] as Failed["code"][];

const title = "A title for developers";

describe.each(codes)("%s", (code) => {
  test("has words of its own, in whole sentences and without the names of things on the wire", () => {
    const words = wordsFor({ code, message: title });
    expect(words).toMatch(/^[A-Z].*[.?]$/);
    expect(words).not.toMatch(/A title|token is not|JSON|Idempotency|Content-Type|_|undefined/);
  });
});

test("whoever came too often is told how long to wait", () => {
  const failed = { code: "too_many_requests", message: title } as const;
  expect(wordsFor({ ...failed, retryAfterSeconds: 30 })).toBe("That was too often. Try again in 30 seconds.");
  expect(wordsFor({ ...failed, retryAfterSeconds: 61 })).toContain("in 2 minutes.");
  expect(wordsFor(failed)).toBe("That was too often. Wait a moment, then try again.");
});

test("a code that is newer than these pages is told by the title of the API", () => {
  expect(wordsFor({ code: "brand_new" as Failed["code"], message: title })).toBe(`${title}.`);
  expect(wordsFor({ code: "constructor" as Failed["code"], message: title })).toBe(`${title}.`);
});

test("how a session ended is told where there is something to tell", () => {
  expect(wordsForEnd("session_expired")).toContain("log in again");
  expect(wordsForEnd("logged_out")).toBe("You are logged out.");
  for (const reason of [undefined, "constructor", "brand_new"]) expect(wordsForEnd(reason)).toBeUndefined();
});
