import { type ErrorCode, errors } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { AuthError, ConfigError, toAuthError, tolerate } from "./error.ts";

it("an AuthError says of itself what the contract says of its code", () => {
  const cause = new Error("for the log");
  const fields = [{ pointer: "/email", message: "is missing" }];
  const error = new AuthError("validation_failed", { cause, fields });
  expect(error).toMatchObject({ name: "AuthError", code: "validation_failed", fields, cause });
  expect(error.message).toBe(errors.validation_failed.title);
  expect(new AuthError("not_found")).toMatchObject({ fields: [], cause: undefined });
});

it.each([
  [new AuthError("too_many_requests", { retryAfterSeconds: 17 }), 17],
  [new AuthError("too_many_requests", { retryAfterSeconds: 0 }), 0],
  [new AuthError("unavailable"), 1],
  [new AuthError("unavailable", { retryAfterSeconds: 30 }), 30],
  [new AuthError("request_in_progress"), 1],
  [new AuthError("too_many_requests"), undefined],
  [new AuthError("email_taken"), undefined],
  [new AuthError("internal_error"), undefined],
])("$0.code says how long to wait where that is known: $1", (error, seconds) => {
  expect(error.retryAfterSeconds).toBe(seconds);
});

it("a ConfigError names the key first", () => {
  const error = new ConfigError("ISSUER", "should be a URL");
  expect(error).toMatchObject({ name: "ConfigError", message: "ISSUER: should be a URL" });
});

describe("the error that may be shown", () => {
  it("is an AuthError itself", () => {
    const error = new AuthError("email_taken");
    expect(toAuthError(error)).toBe(error);
  });

  it("is the first AuthError down the causes", () => {
    const inner = new AuthError("unavailable");
    const outer = new Error("ElectroDB", { cause: new Error("SDK", { cause: inner }) });
    expect(toAuthError(outer)).toBe(inner);
  });

  it("is looked for ten causes down and no deeper, for a chain may lead back to itself", () => {
    const inner = new AuthError("unavailable");
    const wrapped = (times: number): Error =>
      times === 0 ? inner : new Error("around", { cause: wrapped(times - 1) });
    expect(toAuthError(wrapped(9))).toBe(inner);
    expect(toAuthError(wrapped(10)).code).toBe("internal_error");
    const endless = new Error("endless");
    endless.cause = new Error("and back", { cause: endless });
    expect(toAuthError(endless)).toMatchObject({ code: "internal_error", cause: endless });
  });

  it.each([
    new Error("secret"),
    new TypeError("x", { cause: "y" }),
    new ConfigError("K", "v"),
    "text",
    null,
    7,
    {},
  ])("is internal_error for %s, which only the log is told of", (thrown) => {
    const shown = toAuthError(thrown);
    expect(shown).toMatchObject({ code: "internal_error", cause: thrown, fields: [] });
    expect(shown.message).toBe(errors.internal_error.title);
  });
});

describe("what is tolerated", () => {
  it("is a refusal with one of the codes, however deep, and nothing else", async () => {
    const refused = (code: ErrorCode) => Promise.reject(new Error("wrapped", { cause: new AuthError(code) }));
    await expect(tolerate(refused("unavailable"), "not_found", "unavailable")).resolves.toBeUndefined();
    await expect(tolerate(refused("email_taken"), "unavailable")).rejects.toThrow("wrapped");
    await expect(tolerate(Promise.reject(new TypeError("a fault")), "unavailable")).rejects.toThrow(
      "a fault",
    );
    await expect(tolerate(Promise.resolve(1), "unavailable")).resolves.toBeUndefined();
  });
});
