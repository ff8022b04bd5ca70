import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemsOf } from "../../test/items.ts";
import { codeOf, reasonOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { withTestUser } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";
import { newId } from "../id.ts";
import { Token } from "../token/index.ts";
import { type Profile, User } from "../user/index.ts";
import { Session } from "./index.ts";

const origin = { sourceIp: "192.0.2.1", userAgent: "curl/8.5.0" };

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

/** Somebody who has just proved who they are. */
function somebody(): Profile {
  const now = new Date().toISOString();
  return {
    userId: newId(),
    email: "anna@example.com",
    emailVerified: false,
    roles: ["member"],
    status: "active",
    createdAt: now,
    updatedAt: now,
  };
}

describe("a session", () => {
  it("opens with a token that names it, and the user", async () => {
    const profile = somebody();
    const opened = await Session.open(profile, origin);
    expect(opened).toEqual({
      auth: true,
      status: "SUCCESS",
      token: expect.any(String),
      tokenType: "Bearer",
      expiresIn: 900,
      user: User.toUser(profile),
    });
    const claims = await Token.verify(opened.token);
    const [session] = await itemsOf(profile.userId);
    expect(claims).toMatchObject({
      sub: profile.userId,
      sid: session?.["sessionId"],
      scope: "profile:read profile:write",
      roles: ["member"],
      auth_time: session?.["createdAt"],
    });
    await expect(Session.assertLive(claims.sub, claims.sid)).resolves.toBeUndefined();
  });

  it("leaves an item of the released shape, whose times are whole seconds", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_999 });
    const { userId } = await openFor(somebody());
    const items = await itemsOf(userId);
    expect(items).toEqual([
      {
        pk: `user#${userId}`,
        sk: expect.stringMatching(/^session#[0-7][0-9a-hjkmnp-tv-z]{25}$/),
        userId,
        sessionId: items[0]?.sk.slice("session#".length),
        createdAt: 1_780_000_000,
        expiresAt: 1_782_592_000,
        ttl: 1_782_592_000,
        sourceIp: "192.0.2.1",
        userAgent: "curl/8.5.0",
        __edb_e__: "session",
        __edb_v__: "1",
      },
    ]);
  });

  it("without a user agent has none", async () => {
    const { userId } = await openFor(somebody(), { sourceIp: "2001:db8::1" });
    const [item] = await itemsOf(userId);
    expect(item).toMatchObject({ sourceIp: "2001:db8::1" });
    expect(item).not.toHaveProperty("userAgent");
  });

  it("is another each time", async () => {
    const profile = somebody();
    const opened = await Promise.all(Array.from({ length: 10 }, () => openFor(profile)));
    expect(new Set(opened.map(({ sessionId }) => sessionId)).size).toBe(10);
    expect(await itemsOf(profile.userId)).toHaveLength(10);
  });

  it("lives as long as SESSION_SECONDS says", async () => {
    vi.stubEnv("SESSION_SECONDS", "3600");
    forgetConfig();
    const { userId } = await openFor(somebody());
    const [item] = await itemsOf(userId);
    expect(Number(item?.["expiresAt"]) - Number(item?.["createdAt"])).toBe(3600);
    expect(item?.["ttl"]).toBe(item?.["expiresAt"]);
  });

  it("whose answer was lost is open, once", async () => {
    const profile = somebody();
    let tries = 0;
    const opened = await intercepted(
      async (_, send) => {
        tries += 1;
        await send();
        if (tries === 1) throw Object.assign(new Error("the answer never came"), { name: "TimeoutError" });
      },
      () => openFor(profile),
    );
    expect(tries).toBe(2);
    expect(await itemsOf(profile.userId)).toMatchObject([{ sessionId: opened.sessionId }]);
    await expect(Session.assertLive(opened.userId, opened.sessionId)).resolves.toBeUndefined();
  });

  it("that cannot be written gives no token", async () => {
    const attempt = intercepted(
      async () => {
        throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
      },
      () => openFor(somebody()),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
  });
});

describe("a session is over", () => {
  it("at its end, even while it still lies in the table", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
    const { userId, sessionId } = await openFor(somebody());
    vi.setSystemTime(1_782_591_999_999);
    await expect(Session.assertLive(userId, sessionId)).resolves.toBeUndefined();
    vi.setSystemTime(1_782_592_000_000);
    expect(await reasonOf(Session.assertLive(userId, sessionId))).toBe("its session has ended");
    expect(await itemsOf(userId)).toHaveLength(1);
  });

  it("where it is gone from the table", async () => {
    const { userId, sessionId } = await openFor(somebody());
    for (const item of await itemsOf(userId)) await deleteItem(item);
    expect(await reasonOf(Session.assertLive(userId, sessionId))).toBe("its session has ended");
  });

  it("for anybody whose it is not", async () => {
    const anna = await openFor(somebody());
    const ben = await openFor(somebody());
    expect(await codeOf(Session.assertLive(anna.userId, ben.sessionId))).toBe("invalid_token");
    expect(await codeOf(Session.assertLive(ben.userId, anna.sessionId))).toBe("invalid_token");
  });

  it.each(["profile", "#", "session#", "01j"])("where its id is %j", async (sessionId) => {
    await withTestUser("odd", async ({ id }) => {
      expect(await codeOf(Session.assertLive(id, sessionId))).toBe("invalid_token");
    });
  });

  it("where its id differs in case: keys are not folded", async () => {
    const { userId, sessionId } = await openFor(somebody());
    expect(await codeOf(Session.assertLive(userId.toUpperCase(), sessionId))).toBe("invalid_token");
    expect(await codeOf(Session.assertLive(userId, sessionId.toUpperCase()))).toBe("invalid_token");
  });

  it("and the table is asked consistently each time, for that one item", async () => {
    const { userId, sessionId } = await openFor(somebody());
    const requests = await requestsOf(() => Session.assertLive(userId, sessionId));
    expect(requests).toMatchObject([
      {
        operation: "GetItem",
        input: {
          ConsistentRead: true,
          Key: { pk: { S: `user#${userId}` }, sk: { S: `session#${sessionId}` } },
        },
      },
    ]);
  });
});

it("the table holds no part of a token", async () => {
  const { token, userId } = await openFor(somebody());
  const items = JSON.stringify(await itemsOf(userId));
  for (const segment of token.split(".")) expect(items).not.toContain(segment);
});

async function openFor(profile: Profile, from: Session.Origin = origin) {
  const { token } = await Session.open(profile, from);
  const { sub: userId, sid: sessionId } = await Token.verify(token);
  return { token, userId, sessionId };
}
