import { type ErrorCode, errors } from "./errors.ts";
import type { Route } from "./route.ts";

const always: readonly ErrorCode[] = ["too_many_requests", "internal_error", "unavailable"];

const ofBody: readonly ErrorCode[] = [
  "invalid_json",
  "payload_too_large",
  "unsupported_media_type",
  "validation_failed",
];

const ofToken: readonly ErrorCode[] = ["invalid_token", "insufficient_scope"];

const ofIdempotencyKey: readonly ErrorCode[] = [
  "invalid_idempotency_key",
  "request_in_progress",
  "idempotency_key_reused",
];

/** Every code that a route may answer: its own, and those that all routes of its kind do. In the order of the table. */
export function errorsOf(route: Route): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>([
    ...route.errors,
    ...always,
    ...(route.body ? ofBody : []),
    ...(route.query ? (["validation_failed"] as const) : []),
    ...(route.params ? (["not_found"] as const) : []),
    ...(route.authorizer === "token" ? ofToken : []),
    ...(route.idempotent ? ofIdempotencyKey : []),
  ]);
  return (Object.keys(errors) as ErrorCode[]).filter((code) => codes.has(code));
}
