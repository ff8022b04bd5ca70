import { describe, expect, it } from "vitest";
import { errors } from "./errors.ts";
import type { Route } from "./route.ts";
import { errorsOf } from "./route-errors.ts";
import { routes } from "./routes.ts";

describe("the errors of a route", () => {
  it("are its own and those of its kind, each once and in the order of the table", () => {
    expect(errorsOf(routes.deleteMe)).toEqual([
      "invalid_json",
      "invalid_token",
      "wrong_password",
      "insufficient_scope",
      "payload_too_large",
      "unsupported_media_type",
      "validation_failed",
      "too_many_requests",
      "internal_error",
      "unavailable",
    ]);
  });

  it("of one that takes nothing and asks for nobody are those that can always happen", () => {
    expect(errorsOf(routes.health)).toEqual(["too_many_requests", "internal_error", "unavailable"]);
  });

  it("speak of an Idempotency-Key only where one is honoured", () => {
    expect(errorsOf(routes.register)).toContain("idempotency_key_reused");
    expect(errorsOf(routes.login)).not.toContain("idempotency_key_reused");
  });

  it("leave no code of the table that no route answers", () => {
    const answered = new Set(Object.values<Route>(routes).flatMap(errorsOf));
    expect(Object.keys(errors).filter((code) => !answered.has(code as keyof typeof errors))).toEqual([]);
  });
});
