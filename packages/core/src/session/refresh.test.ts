import { afterEach, describe, expect, it, vi } from "vitest";
import { readTable, stateOf } from "../../test/items.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import {
  atSecond,
  logIn,
  opens,
  origin,
  recordOf,
  refreshedSession,
  somebody,
  start,
  storedSession,
} from "../../test/session.ts";
import { forgetConfig } from "../config.ts";
import * as Token from "../token/index.ts";
import * as Session from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

/** How many conditional updates were made, as opposed to tried. */
async function changesOf(run: () => Promise<unknown>): Promise<number> {
  let changes = 0;
  await intercepted(async ({ operation }, send) => {
    await send();
    if (operation === "UpdateItem") changes += 1;
  }, run);
  return changes;
}

describe("a refresh", () => {
  it("gives another refresh token, and an access token of the same session", async () => {
    const held = await logIn();
    const refreshed = await Session.refresh(held.refreshToken, origin);
    expect(refreshed).toEqual({
      token: expect.any(String),
      tokenType: "Bearer",
      expiresIn: expect.any(Number),
      refreshToken: expect.stringMatching(new RegExp(`^${held.userId}\\.${held.sessionId}\\.1\\.`)),
      refreshExpiresIn: 1_209_600,
    });
    const { jti: _, iat, exp, ...before } = await Token.verify(held.token);
    expect(await Token.verify(refreshed.token)).toMatchObject(before);
    expect(await opens(refreshed.token)).toBe(true);
    expect(await opens(held.token)).toBe(true);
  });

  it("tells the session when and from where it was used, and keeps what the log-in said", async () => {
    atSecond(0);
    const held = await logIn();
    const before = await storedSession(held);
    atSecond(600);
    const elsewhere = { sourceIp: "2001:db8::7", userAgent: "Mozilla/5.0" };
    await Session.refresh(held.refreshToken, elsewhere);
    expect(await storedSession(held)).toEqual({
      ...before,
      ...elsewhere,
      generation: 1,
      rotatedAt: start + 600,
      idleExpiresAt: start + 600 + 1_209_600,
      ttl: start + 600 + 1_209_600,
    });
  });

  it("follows a refresh, twenty times in a row", async () => {
    const { chain, ...held } = await refreshedSession(20);
    expect(new Set(chain).size).toBe(21);
    expect(await opens(held.token)).toBe(true);
    expect(await storedSession(held)).toMatchObject({ generation: 20 });
  });

  it("of one session leaves every other item in the table as it is", async () => {
    const person = await somebody();
    const [held] = [await logIn(person), await logIn(person), await logIn()];
    const others = (items: Awaited<ReturnType<typeof readTable>>) =>
      items.filter((item) => item["sessionId"] !== held.sessionId);
    const before = await readTable();
    await Session.refresh(held.refreshToken, origin);
    await Session.refresh(held.refreshToken, origin);
    const after = await readTable();
    expect(after).toHaveLength(before.length);
    expect(others(after)).toEqual(others(before));
  });
});

describe("twenty refreshes at once with one token", () => {
  it("are one change of state, twenty equal successors, and nobody is signed out", async () => {
    const held = await logIn();
    const answers: Awaited<ReturnType<typeof Session.refresh>>[] = [];
    const changes = await changesOf(async () => {
      const tabs = Array.from({ length: 20 }, () => Session.refresh(held.refreshToken, origin));
      answers.push(...(await Promise.all(tabs)));
    });
    expect(changes).toBe(1);
    expect(await storedSession(held)).toMatchObject({ generation: 1 });
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(answers.map(({ token }) => token)).size).toBe(20);
    for (const { token } of answers) expect(await opens(token)).toBe(true);
    expect(await stateOf(held.userId)).toHaveLength(2);
    expect(await recordOf(held)).toEqual(["logged_in"]);
  });

  it("give a token that works for the next twenty", async () => {
    const held = await logIn();
    let { refreshToken } = held;
    for (let round = 1; round <= 3; round += 1) {
      const tabs = Array.from({ length: 20 }, () => Session.refresh(refreshToken, origin));
      const answers = await Promise.all(tabs);
      ({ refreshToken } = answers[round] ?? { refreshToken });
      expect(await storedSession(held)).toMatchObject({ generation: round });
    }
  });
});

describe("a refresh whose answer was lost", () => {
  it("gives the same successor each of ten times within the grace, without a write", async () => {
    atSecond(0);
    const held = await logIn();
    const lost = await Session.refresh(held.refreshToken, origin);
    const stored = await storedSession(held);
    for (let retry = 1; retry <= 10; retry += 1) {
      atSecond(3 * retry);
      const elsewhere = { sourceIp: `198.51.100.${retry}` };
      const again = await Session.refresh(held.refreshToken, elsewhere);
      expect(again.refreshToken).toBe(lost.refreshToken);
      expect(await opens(again.token)).toBe(true);
    }
    expect(await storedSession(held)).toEqual(stored);
    await Session.refresh(lost.refreshToken, origin);
    expect(await storedSession(held)).toMatchObject({ generation: 2 });
  });

  it("is told truly how long its successor still lives", async () => {
    atSecond(0);
    const held = await logIn();
    await Session.refresh(held.refreshToken, origin);
    atSecond(20);
    const again = await Session.refresh(held.refreshToken, origin);
    expect(again.refreshExpiresIn).toBe(1_209_600 - 20);
  });
});

describe("the access token of a refresh", () => {
  it.each([60, 61, 900, 3600])("lives %i seconds or up to a tenth less, and says so", async (seconds) => {
    vi.stubEnv("ACCESS_TOKEN_SECONDS", String(seconds));
    forgetConfig();
    const { refreshToken } = await logIn();
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => Session.refresh(refreshToken, origin)),
    );
    for (const { token, expiresIn } of answers) {
      const { iat, exp } = await Token.verify(token);
      expect(exp - iat).toBe(expiresIn);
      expect(expiresIn).toBeGreaterThanOrEqual(seconds * 0.9);
      expect(expiresIn).toBeLessThanOrEqual(seconds);
    }
    expect(new Set(answers.map(({ expiresIn }) => expiresIn)).size).toBeGreaterThan(1);
  });
});

it("no refresh, however it ends, asks for anything of anybody else", async () => {
  const { chain, userId } = await refreshedSession(2);
  await logIn();
  const [first = "", , current = ""] = chain;
  const requests = await requestsOf(async () => {
    for (const token of [current, current, first, current, "garbage"]) {
      await Session.refresh(token, origin).catch(() => undefined);
    }
  });
  expect(requests.map(({ operation }) => operation)).toEqual([
    "UpdateItem",
    "UpdateItem",
    "UpdateItem",
    "GetItem",
    "TransactWriteItems",
    "PutItem",
    "UpdateItem",
  ]);
  const partitions = JSON.stringify(requests.map(({ input }) => input)).match(/user#[0-9a-z]+/g);
  expect(new Set(partitions)).toEqual(new Set([`user#${userId}`]));
});
