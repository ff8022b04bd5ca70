import { afterEach, describe, expect, it, vi } from "vitest";
import { encode } from "../../test/forge.ts";
import { refusalOf } from "../../test/refusal.ts";
import { forgetConfig } from "../config.ts";
import * as Token from "./index.ts";

const subject = {
  sub: "01j00000000000000000000000",
  sid: "01j00000000000000000000001",
  scope: "profile:read",
  roles: ["member"],
  auth_time: 1_780_000_000,
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function decode(token: string): unknown[] {
  return token
    .split(".")
    .slice(0, 2)
    .map((segment) => JSON.parse(Buffer.from(segment, "base64url").toString()));
}

describe("an issued token", () => {
  it("says what RFC 9068 asks and nothing about the person", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_123_456 });
    const token = await Token.issue(subject, 900);
    const [key] = (await Token.publicKeySet()).keys;
    expect(decode(token)).toEqual([
      { alg: "ES256", typ: "at+jwt", kid: key?.kid },
      {
        iss: "https://auth.example.com",
        aud: "gatehouse",
        sub: "01j00000000000000000000000",
        sid: "01j00000000000000000000001",
        jti: expect.stringMatching(/^[0-9a-f]{32}$/),
        client_id: "first-party",
        iat: 1_780_000_123,
        exp: 1_780_001_023,
        scope: "profile:read",
        roles: ["member"],
        auth_time: 1_780_000_000,
      },
    ]);
  });

  it("verifies, with the claims it was issued with", async () => {
    const token = await Token.issue(subject, 900);
    await expect(Token.verify(token)).resolves.toMatchObject(subject);
  });

  it("has a jti of its own each time", async () => {
    const issued = await Promise.all(Array.from({ length: 20 }, () => Token.issue(subject, 900)));
    const claims = await Promise.all(issued.map(Token.verify));
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(20);
  });

  it.each([1, 60, 837, 900, 3600])("lives the %i seconds asked for", async (seconds) => {
    const { iat, exp } = await Token.verify(await Token.issue(subject, seconds));
    expect(exp - iat).toBe(seconds);
  });

  it.each(["ISSUER", "AUDIENCE"])("is refused by a stage of the same keys and another %s", async (key) => {
    const token = await Token.issue(subject, 900);
    vi.stubEnv(key, "https://other.example.com");
    forgetConfig();
    expect((await refusalOf(Token.verify(token))).code).toBe("invalid_token");
  });

  it.each(["ISSUER", "AUDIENCE"])("is neither made nor believed without %s", async (key) => {
    const token = await Token.issue(subject, 900);
    vi.stubEnv(key, undefined);
    forgetConfig();
    await expect(Token.issue(subject, 900)).rejects.toThrow(`${key}: is not set`);
    await expect(Token.verify(token)).rejects.toThrow(`${key}: is not set`);
  });
});

it("a refusal tells the caller the same whatever was wrong, and the log never the token", async () => {
  const token = await Token.issue(subject, 900);
  const [head = "", body = "", signature = ""] = token.split(".");
  const attempts = [
    "garbage",
    `${encode({ alg: "none" })}.${body}.AA`,
    `${head}.${encode({ ...subject, sub: "another" })}.${signature}`,
  ];
  const refusals = await Promise.all(attempts.map((attempt) => refusalOf(Token.verify(attempt))));
  expect(new Set(refusals.map(({ message }) => message))).toEqual(new Set(["The access token is not valid"]));
  for (const [index, { cause }] of refusals.entries()) {
    expect(String(cause)).not.toContain(attempts[index]?.slice(0, 20));
    expect(String(cause)).not.toContain(signature);
  }
});
