import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claims, forge } from "../../test/forge.ts";
import { reasonOf } from "../../test/refusal.ts";
import { type Claims, clockToleranceSeconds, longestLifeSeconds } from "./claims.ts";
import * as Token from "./index.ts";

const now = Math.floor(Date.UTC(2026, 5, 1, 12) / 1000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
});

afterEach(() => {
  vi.useRealTimers();
});

async function verifyWith(changes: Record<string, unknown>): Promise<Claims> {
  return Token.verify(await forge({ payload: claims(changes) }));
}

/** The payload of a good token with one claim written as this JSON text. */
function payloadWith(claim: string, json: string): string {
  return JSON.stringify(claims({ [claim]: "@" })).replace('"@"', json);
}

const required = [
  "iss",
  "aud",
  "sub",
  "sid",
  "jti",
  "client_id",
  "iat",
  "exp",
  "scope",
  "roles",
  "auth_time",
] as const;

describe.each(required)("%s", (claim) => {
  it("must be there", async () => {
    expect(await reasonOf(verifyWith({ [claim]: undefined }))).toMatch(claim === "exp" ? /exp/ : claim);
  });

  const isTime = ["iat", "exp", "auth_time"].includes(claim);
  const wrong: Record<string, unknown> = {
    null: null,
    true: true,
    object: { [claim]: "a" },
    "array of an object": [{}],
    ...(isTime
      ? { string: `${now + 60}`, "array of a time": [now + 60], fraction: now + 0.5, negative: -1 }
      : { number: 1, zero: 0, "array of an array": [["a"]] }),
    ...(claim === "roles" || isTime ? { text: "admin" } : {}),
  };
  it.each(Object.entries(wrong))("must not be %s", async (_, value) => {
    expect(await reasonOf(verifyWith({ [claim]: value }))).toMatch(new RegExp(claim.slice(0, 3)));
  });
});

describe.each(["iss", "aud", "sub", "sid", "jti", "client_id"])("%s", (claim) => {
  it("must not be empty", async () => {
    expect(await reasonOf(verifyWith({ [claim]: "" }))).toMatch(new RegExp(claim.slice(0, 3)));
  });
});

describe("the issuer is compared whole:", () => {
  const others = [
    "https://auth.example.com/",
    "https://AUTH.example.com",
    "http://auth.example.com",
    "https://auth.example.com:443",
    " https://auth.example.com",
    "https://auth.example.com.evil.example",
    "https://auth.example.co",
    "https://staging.example.com",
    ["https://auth.example.com"],
    { "https://auth.example.com": true },
  ];
  it.each(others)("%j is another", async (iss) => {
    expect(await reasonOf(verifyWith({ iss }))).toMatch(/issuer/);
  });
});

describe("the audience", () => {
  it("may name this API among others", async () => {
    await expect(verifyWith({ aud: ["reports", "gatehouse"] })).resolves.toHaveProperty("aud");
  });

  it.each([
    "reports",
    "Gatehouse",
    "gatehouse ",
    "gatehouse,reports",
    "gate",
    [],
    ["reports"],
    [["gatehouse"]],
    [1],
  ])("%j does not name it", async (aud) => {
    expect(await reasonOf(verifyWith({ aud }))).toMatch(/aud/);
  });
});

describe("exp", () => {
  const ahead = longestLifeSeconds + clockToleranceSeconds;

  it("is kept to the second", async () => {
    await expect(verifyWith({ exp: now + 1 })).resolves.toHaveProperty("exp", now + 1);
    expect(await reasonOf(verifyWith({ exp: now }))).toMatch(/expired/);
    expect(await reasonOf(verifyWith({ exp: now - 1 }))).toMatch(/expired/);
    expect(await reasonOf(verifyWith({ exp: 0 }))).toMatch(/exp/);
  });

  it("is no farther ahead than the longest life this API gives", async () => {
    await expect(verifyWith({ exp: now + ahead })).resolves.toHaveProperty("exp");
    expect(await reasonOf(verifyWith({ exp: now + ahead + 1 }))).toBe("exp is too far ahead");
    expect(await reasonOf(verifyWith({ exp: now * 1000 }))).toBe("exp is too far ahead");
  });

  it.each(["1e400", "-1e400", "1e300", "-1", "1.5e-7", "9007199254740993", '"Infinity"'])(
    "written %s is refused",
    async (json) => {
      const token = await forge({ payload: payloadWith("exp", json) });
      expect(await reasonOf(Token.verify(token))).toMatch(/exp/);
    },
  );

  it("ends a token while it lies in the hand of its bearer", async () => {
    const token = await forge();
    await Token.verify(token);
    vi.setSystemTime((now + 899) * 1000);
    await Token.verify(token);
    vi.setSystemTime((now + 900) * 1000);
    expect(await reasonOf(Token.verify(token))).toMatch(/expired/);
  });
});

describe.each(["iat", "nbf"])("%s", (claim) => {
  it("is believed up to the clock tolerance and not beyond", async () => {
    for (const seconds of [-60, 0, clockToleranceSeconds - 1, clockToleranceSeconds]) {
      await expect(verifyWith({ [claim]: now + seconds })).resolves.toHaveProperty(claim);
    }
    for (const seconds of [clockToleranceSeconds + 1, 3600]) {
      expect(await reasonOf(verifyWith({ [claim]: now + seconds }))).toBe(`${claim} is in the future`);
    }
  });

  it.each(["1e400", "1e300", "null", '"0"', "[]", "{}", "true", "-1"])(
    "written %s is refused",
    async (json) => {
      const token = await forge({ payload: payloadWith(claim, json) });
      expect(await reasonOf(Token.verify(token))).toMatch(claim);
    },
  );
});

it("the clock tolerance is at most a minute", () => {
  expect(clockToleranceSeconds).toBeLessThanOrEqual(60);
  expect(clockToleranceSeconds).toBeGreaterThan(0);
});

it("a claim of a prototype is no claim", async () => {
  const { sub: _, ...rest } = claims();
  const payload = JSON.stringify({ ...rest, a: 1 }).replace('"a":1', '"__proto__":{"sub":"mallory"}');
  expect(await reasonOf(Token.verify(await forge({ payload })))).toBe("sub is missing");
});
