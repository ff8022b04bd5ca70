import { describe, expect, it } from "vitest";
import { type ErrorDefinition, errors, isErrorCode } from "./errors.ts";

const entries = Object.entries<ErrorDefinition>(errors);

/** A code is promised to every client, with its status. One that is gone from here or another breaks them. */
const released = {
  invalid_json: 400,
  ambiguous_credentials: 400,
  invalid_code: 400,
  invalid_idempotency_key: 400,
  invalid_credentials: 401,
  invalid_token: 401,
  invalid_refresh_token: 401,
  refresh_token_reused: 401,
  session_ended: 401,
  session_expired: 401,
  origin_refused: 403,
  wrong_password: 403,
  email_not_verified: 403,
  insufficient_scope: 403,
  not_found: 404,
  email_taken: 409,
  request_in_progress: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  weak_password: 422,
  idempotency_key_reused: 422,
  too_many_requests: 429,
  internal_error: 500,
  unavailable: 503,
};

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

it("every code that was ever released is still there, with the status it had", () => {
  const statuses = Object.fromEntries(entries.map(([code, { status }]) => [code, status]));
  expect(statuses).toMatchObject(released);
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
