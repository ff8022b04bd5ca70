import { describe, expect, it } from "vitest";
import { type ErrorDefinition, errors, isErrorCode } from "./errors.ts";

const entries = Object.entries<ErrorDefinition>(errors);

/** A code is promised to every client. One that is missing here was taken away or renamed: that breaks them. */
const released = [
  "invalid_json",
  "invalid_credentials",
  "invalid_token",
  "insufficient_scope",
  "not_found",
  "email_taken",
  "payload_too_large",
  "unsupported_media_type",
  "validation_failed",
  "weak_password",
  "internal_error",
  "unavailable",
];

describe.each(entries)("%s", (code, { status, title, description }) => {
  it("is written in snake case", () => {
    expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
  });

  it("has a status that says whose fault it is", () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it("has a title on one line and a description in sentences", () => {
    expect(title).toMatch(/^[A-Z][^\n.]+$/);
    expect(description).toMatch(/^[A-Z][^\n]+\.$/);
  });
});

it("every code that was ever released is still there", () => {
  expect(entries.map(([code]) => code)).toEqual(expect.arrayContaining(released));
});

it("no two codes say the same", () => {
  expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
  expect(new Set(entries.map(([, { description }]) => description)).size).toBe(entries.length);
});

it("a code is known by its own name and by no name of a prototype", () => {
  for (const [code] of entries) expect(isErrorCode(code)).toBe(true);
  const others = [
    "",
    "Invalid_token",
    "invalid_token ",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
  ];
  for (const other of others) expect(isErrorCode(other)).toBe(false);
});
