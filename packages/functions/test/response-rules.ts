import { errors, isErrorCode } from "@gatehouse/contract";
import { expect } from "vitest";
import type { Answer } from "./call.ts";

const unspeakable = /pass|hash|secret|salt|pk$|sk$|gsi/i;

/** What holds for every answer of every route. The caller checks it on each answer of the suite. */
export function expectGoodManners({ status, headers, body }: Answer): void {
  expect(headers).toMatchObject({
    "content-type": expect.stringMatching(/^application\/(?:problem\+)?json; charset=utf-8$/),
    "cache-control": expect.stringMatching(/^(?:no-store|public, max-age=\d+)$/),
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringMatching(/default-src 'none';.*frame-ancestors 'none'/),
    "strict-transport-security": expect.stringMatching(/^max-age=\d{8,}; includeSubDomains$/),
    vary: "Origin",
  });
  expect(Number(/\d+/.exec(headers["strict-transport-security"] ?? "")?.[0])).toBeGreaterThanOrEqual(
    31_536_000,
  );
  expect(headers).not.toHaveProperty("server");
  expect(headers).not.toHaveProperty("x-powered-by");
  expect(keysOf(body).filter((key) => unspeakable.test(key))).toEqual([]);
  if (status >= 400) expectProblem(status, headers, body);
}

function expectProblem(status: number, headers: Answer["headers"], body: Answer["body"]): void {
  const { code } = body;
  expect(isErrorCode(String(code))).toBe(true);
  const { title, description, status: ownStatus } = errors[code as keyof typeof errors];
  expect(headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(headers["cache-control"]).toBe("no-store");
  expect(body).toEqual({
    type: `https://auth.example.com/problems/${code}`,
    title,
    status,
    detail: description,
    instance: expect.stringMatching(/^urn:request:.+/),
    code,
    ...(code === "validation_failed" || code === "weak_password" ? { errors: expect.any(Array) } : {}),
  });
  expect(ownStatus).toBe(status);
  if (status === 401) expect(headers["www-authenticate"]).toMatch(/^Bearer(?: error="invalid_token")?$/);
}

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}
