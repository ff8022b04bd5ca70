import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "../../test/refusal.ts";
import {
  atSecond,
  logIn,
  opens,
  origin,
  recordOf,
  refreshedSession,
  start,
  storedSession,
} from "../../test/session.ts";
import { forgetConfig } from "../config.ts";
import * as Token from "../token/index.ts";
import * as Session from "./index.ts";

beforeEach(() => {
  vi.stubEnv("SESSION_SECONDS", "1000");
  vi.stubEnv("SESSION_IDLE_SECONDS", "300");
  forgetConfig();
  atSecond(0);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("a session that is not used", () => {
  it("can be refreshed up to its last second, and not in the next, though its item still lies there", async () => {
    const held = await logIn();
    atSecond(299.999);
    await expect(Session.list(held.userId, held.sessionId)).resolves.toMatchObject({ sessions: [{}] });
    const next = await Session.refresh(held.refreshToken, origin);
    const stored = await storedSession(held);
    atSecond(599);
    expect(await codeOf(Session.refresh(next.refreshToken, origin))).toBe("session_expired");
    expect(await codeOf(Session.refresh(held.refreshToken, origin))).toBe("session_expired");
    expect(await storedSession(held)).toEqual(stored);
    expect(await Session.list(held.userId, held.sessionId)).toEqual({ sessions: [] });
  });

  it("ends for its access tokens in the same second", async () => {
    const { token } = await logIn();
    atSecond(299.999);
    expect(await opens(token)).toBe(true);
    atSecond(300);
    expect(await opens(token)).toBe(false);
  });

  it("is no theft when an old token of it comes after its end", async () => {
    const { chain, ...held } = await refreshedSession(3);
    atSecond(300);
    for (const token of chain) expect(await codeOf(Session.refresh(token, origin))).toBe("session_expired");
    expect(await recordOf(held)).toEqual(["logged_in"]);
  });
});

describe("a session that is used", () => {
  it("goes on with each refresh, and ends at its absolute end whatever happens", async () => {
    const held = await logIn();
    let { refreshToken } = held;
    for (const second of [250, 500, 750, 999]) {
      atSecond(second);
      const refreshed = await Session.refresh(refreshToken, origin);
      expect(refreshed.refreshExpiresIn).toBe(Math.min(300, 1000 - second));
      ({ refreshToken } = refreshed);
    }
    atSecond(999.999);
    const last = await Session.refresh(refreshToken, origin);
    expect(last.refreshExpiresIn).toBe(1);
    const stored = await storedSession(held);
    expect(stored).toMatchObject({ generation: 5, expiresAt: start + 1000 });
    atSecond(1000);
    for (const token of [last.refreshToken, refreshToken]) {
      expect(await codeOf(Session.refresh(token, origin))).toBe("session_expired");
    }
    expect(await storedSession(held)).toEqual(stored);
  });

  it("says the end that comes first, to its holder and in the list", async () => {
    const held = await logIn();
    const ends = async () => {
      const { sessions } = await Session.list(held.userId, held.sessionId);
      return (Date.parse(sessions[0]?.expiresAt ?? "") - start * 1000) / 1000;
    };
    expect(await ends()).toBe(300);
    atSecond(250);
    const { refreshToken } = await Session.refresh(held.refreshToken, origin);
    expect(await ends()).toBe(550);
    atSecond(540);
    const { refreshToken: last } = await Session.refresh(refreshToken, origin);
    expect(await ends()).toBe(840);
    atSecond(800);
    await Session.refresh(last, origin);
    expect(await ends()).toBe(1000);
  });

  it("ends for its access tokens at its absolute end, and none of them says it lives longer", async () => {
    const held = await logIn();
    const { refreshToken } = await Session.refresh(held.refreshToken, origin);
    atSecond(299);
    const { refreshToken: later } = await Session.refresh(refreshToken, origin);
    atSecond(598);
    const { refreshToken: latest } = await Session.refresh(later, origin);
    atSecond(897);
    const { token, expiresIn } = await Session.refresh(latest, origin);
    expect(expiresIn).toBe(103);
    expect((await Token.verify(token)).exp).toBe(start + 1000);
    atSecond(999.999);
    expect(await opens(token)).toBe(true);
    atSecond(1000);
    expect(await codeOf(Token.verify(token))).toBe("invalid_token");
    const { userId, sessionId } = held;
    expect(await codeOf(Session.assertLive(userId, sessionId))).toBe("invalid_token");
  });
});

it("the idle end follows the setting of today at the next refresh", async () => {
  const { refreshToken } = await logIn();
  vi.stubEnv("SESSION_IDLE_SECONDS", "60");
  forgetConfig();
  atSecond(200);
  const refreshed = await Session.refresh(refreshToken, origin);
  expect(refreshed.refreshExpiresIn).toBe(60);
});

it("an item's ttl is its idle end, a number of whole seconds, and moves with it", async () => {
  const held = await logIn();
  expect(await storedSession(held)).toMatchObject({ ttl: start + 300, idleExpiresAt: start + 300 });
  atSecond(100.9);
  await Session.refresh(held.refreshToken, origin);
  expect(await storedSession(held)).toMatchObject({ ttl: start + 400, idleExpiresAt: start + 400 });
});
