import { errors, isErrorCode } from "@gatehouse/contract";
import { expect } from "vitest";
import type { Answer } from "./call.ts";

type Member = readonly [key: string, value: unknown];

const unspeakable = /pass|hash|secret|salt|pk$|sk$|gsi/i;

const refreshToken = String.raw`[0-9a-z]{26}\.[0-9a-z]{28}\.\d+\.[\w-]{43}`;

const attributes = "; Path=/; Secure; HttpOnly; SameSite=(?:Lax|Strict|None)";

/** The one cookie of this API: with a token, or cleared and then with nothing else changed. */
const refreshCookie = new RegExp(
  `^__Host-gatehouse-refresh=(?:${refreshToken}${attributes}; Max-Age=[1-9]\\d*|${attributes}; Max-Age=0)$`,
);

/** What holds for every answer of every route. The caller checks it on each answer of the suite. */
export function expectGoodManners(answer: Answer): void {
  const { status, headers, body } = answer;
  if (status === 204) {
    expect(answer.text).toBe("");
    expect(headers).not.toHaveProperty("content-type");
  } else {
    expect(headers["content-type"]).toMatch(/^application\/(?:problem\+)?json; charset=utf-8$/);
  }
  expect(headers).toMatchObject({
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
  // The API's own description names every field there is, and holds nobody's.
  const told = typeof body?.openapi === "string" ? undefined : body;
  expect(membersOf(told).filter((member) => unspeakable.test(member[0]) && !isChaining(member))).toEqual([]);
  expectTokensInTheirPlace({ ...answer, body: told });
  if (status >= 400) expectProblem(status, headers, body);
}

/**
 * A refresh token is in the JSON beside a new access token, or in the cookie and then not in the JSON, and nowhere
 * else. An error sets no cookie and clears none: it may be the loser of a race whose winner's cookie is good.
 */
function expectTokensInTheirPlace({ status, headers, cookies, body, text }: Answer): void {
  const inText = text.match(new RegExp(refreshToken, "g")) ?? [];
  const inJson = typeof body?.refreshToken === "string";
  expect(inText).toEqual(inJson ? [body.refreshToken] : []);
  const named = membersOf(body).filter(([key]) => /refresh.*token/i.test(key));
  expect(named.map(([key]) => key)).toEqual(inJson ? ["refreshToken"] : []);
  if (inJson) {
    expect(body).toMatchObject({ tokenType: "Bearer", token: expect.any(String) });
    expect([status, cookies]).toEqual([200, []]);
  }
  expect(JSON.stringify(headers)).not.toMatch(new RegExp(refreshToken));
  expect(headers).not.toHaveProperty("set-cookie");
  expect(cookies.length).toBeLessThanOrEqual(status < 400 ? 1 : 0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(refreshCookie);
    expect(Buffer.byteLength(cookie)).toBeLessThanOrEqual(4096);
    expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBeLessThanOrEqual(400 * 24 * 3600);
  }
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
  // Optional in RFC 6585 section 4, and a promise here: nobody has to guess when to come back.
  if (status === 429) expect(headers["retry-after"]).toMatch(/^\d+$/);
  if (status === 401) expect(headers["www-authenticate"]).toMatch(/^Bearer(?: error="invalid_token")?$/);
}

/** What events are chained by, as an export tells it: a MAC, and no hash of a password. */
function isChaining([key, value]: Member): boolean {
  return key === "hash" && /^[0-9a-f]{64}$/.test(String(value));
}

/** Every member of a body, however deep. */
function membersOf(value: unknown): Member[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap((member) => [member, ...membersOf(member[1])]);
}
