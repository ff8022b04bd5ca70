import { afterEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { atSecond, logIn, origin, somebody, start, storedSession } from "../../test/session.ts";
import { forgetConfig } from "../config.ts";
import * as Token from "../token/index.ts";
import * as User from "../user/index.ts";
import * as Session from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("a session", () => {
  it("opens with tokens that name it, and the user", async () => {
    const profile = await somebody();
    const opened = await Session.open(profile, origin);
    const claims = await Token.verify(opened.token);
    expect(opened).toEqual({
      auth: true,
      status: "SUCCESS",
      token: expect.any(String),
      tokenType: "Bearer",
      expiresIn: 900,
      refreshToken: expect.stringMatching(new RegExp(`^${profile.userId}\\.${claims.sid}\\.0\\.`)),
      refreshExpiresIn: 1_209_600,
      user: User.toUser(profile),
    });
    const session = await storedSession({ userId: profile.userId, sessionId: claims.sid });
    expect(claims).toMatchObject({
      sub: profile.userId,
      sid: session?.["sessionId"],
      scope: "profile:read profile:write sessions:read sessions:write account:read account:write",
      roles: ["member"],
      auth_time: session?.["createdAt"],
    });
    expect(await Session.assertLive(claims.sub, claims.sid)).toMatchObject(profile);
  });

  it("leaves an item of the released shape, whose times are whole seconds", async () => {
    atSecond(0.999);
    const profile = { ...(await somebody()), epoch: 3 };
    const held = await logIn(profile, origin, "Anna's phone");
    const seat = held.sessionId.slice(0, 2);
    expect(await storedSession(held)).toEqual({
      pk: `user#${profile.userId}`,
      sk: `session#${seat}`,
      userId: profile.userId,
      seat,
      sessionId: expect.stringMatching(/^[0-4]\d[0-7][0-9a-hjkmnp-tv-z]{25}$/),
      epoch: 3,
      generation: 0,
      createdAt: start,
      rotatedAt: start,
      idleExpiresAt: start + 1_209_600,
      expiresAt: start + 2_592_000,
      ttl: start + 1_209_600,
      scope: "profile:read profile:write sessions:read sessions:write account:read account:write",
      roles: ["member"],
      label: "Anna's phone",
      sourceIp: "192.0.2.1",
      userAgent: "curl/8.5.0",
      __edb_e__: "session",
      __edb_v__: "1",
    });
  });

  it("without a user agent and a label has none", async () => {
    const item = await storedSession(await logIn(await somebody(), { sourceIp: "2001:db8::1" }));
    expect(item).toMatchObject({ sourceIp: "2001:db8::1" });
    for (const name of ["userAgent", "label"]) expect(item).not.toHaveProperty(name);
  });

  it("has an item that stays small with the longest of everything", async () => {
    const profile = {
      ...(await somebody()),
      roles: Array.from({ length: 20 }, (_, index) => `role-${index}`),
    };
    const from = { sourceIp: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", userAgent: "u".repeat(256) };
    const item = await storedSession(await logIn(profile, from, "\u{1F511}".repeat(100)));
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(4096);
  });

  it("is another each time", async () => {
    const profile = await somebody();
    const opened = await Promise.all(Array.from({ length: 10 }, () => logIn(profile)));
    expect(new Set(opened.map(({ sessionId }) => sessionId)).size).toBe(10);
    const { sessions } = await Session.list(profile.userId, "");
    expect(sessions).toHaveLength(10);
  });

  it("adopts no id, generation or end that a caller brought", async () => {
    const { userId, sessionId } = await logIn();
    const brought = { ...origin, userId, sessionId, seat: "07", generation: 9, expiresAt: 9_999_999_999 };
    const held = await logIn(undefined, brought);
    expect(held.sessionId).not.toBe(sessionId);
    expect(held.userId).not.toBe(userId);
    const item = await storedSession(held);
    expect(item).toMatchObject({ generation: 0, userId: held.userId });
    expect(item?.["expiresAt"]).not.toBe(9_999_999_999);
  });

  it.each([
    ["3600", "60", 60],
    ["60", "3600", 60],
  ])(
    "of SESSION_SECONDS %s and SESSION_IDLE_SECONDS %s lives %i seconds if it is not used",
    async (most, idle, seconds) => {
      vi.stubEnv("SESSION_SECONDS", most);
      vi.stubEnv("SESSION_IDLE_SECONDS", idle);
      forgetConfig();
      const person = await somebody();
      const { refreshExpiresIn } = await Session.open(person, origin);
      expect(refreshExpiresIn).toBe(seconds);
      const item = await storedSession(await logIn(person));
      expect(Number(item?.["expiresAt"]) - Number(item?.["createdAt"])).toBe(Number(most));
      expect(Number(item?.["idleExpiresAt"]) - Number(item?.["createdAt"])).toBe(Number(idle));
    },
  );

  it.each([60, 900, 3600])(
    "opens with an access token of exactly %i seconds, every time",
    async (seconds) => {
      vi.stubEnv("ACCESS_TOKEN_SECONDS", String(seconds));
      forgetConfig();
      const profile = await somebody();
      for (let count = 0; count < 10; count += 1) {
        const { token, expiresIn } = await Session.open(profile, origin);
        const { iat, exp } = await Token.verify(token);
        expect([expiresIn, exp - iat]).toEqual([seconds, seconds]);
      }
    },
  );

  it("that cannot be written gives no token", async () => {
    const profile = await somebody();
    const attempt = intercepted(
      async () => {
        throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
      },
      () => logIn(profile),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
  });
});
