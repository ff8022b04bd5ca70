import { afterEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
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
import * as Session from "./index.ts";
import { write } from "./refresh-token.ts";
import { newSessionId, seatOf } from "./seat.ts";

afterEach(() => {
  vi.useRealTimers();
});

function isoAt(second: number): string {
  return new Date((start + second) * 1000).toISOString();
}

describe("the list of sessions", () => {
  it("tells of each what the contract says and no more, the one used last first", async () => {
    atSecond(0);
    const person = await somebody();
    const laptop = await logIn(person, origin, "laptop");
    atSecond(10);
    const phone = await logIn(person, { sourceIp: "198.51.100.7" });
    atSecond(20);
    await Session.refresh(laptop.refreshToken, { sourceIp: "203.0.113.9", userAgent: "Mozilla/5.0" });
    expect(await Session.list(person.userId, phone.sessionId)).toEqual({
      sessions: [
        {
          id: laptop.sessionId,
          current: false,
          label: "laptop",
          sourceIp: "203.0.113.9",
          userAgent: "Mozilla/5.0",
          createdAt: isoAt(0),
          lastUsedAt: isoAt(20),
          expiresAt: isoAt(20 + 1_209_600),
        },
        {
          id: phone.sessionId,
          current: true,
          label: null,
          sourceIp: "198.51.100.7",
          userAgent: null,
          createdAt: isoAt(10),
          lastUsedAt: isoAt(10),
          expiresAt: isoAt(10 + 1_209_600),
        },
      ],
    });
  });

  it("holds nothing that could be presented", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const told = JSON.stringify(await Session.list(held.userId, held.sessionId));
    for (const token of [...chain, held.token]) {
      for (const part of token.split(".").slice(-1)) expect(told).not.toContain(part);
    }
  });

  it("has only what runs, and only of this person", async () => {
    atSecond(0);
    const person = await somebody();
    await logIn(person);
    await logIn();
    atSecond(1_209_600);
    expect(await Session.list(person.userId, "")).toEqual({ sessions: [] });
    const { sessionId } = await logIn(person);
    expect((await Session.list(person.userId, "")).sessions.map(({ id }) => id)).toEqual([sessionId]);
  });
});

describe("ending a session", () => {
  it("ends it for every token of it, and is true once", async () => {
    const { chain, ...held } = await refreshedSession(2);
    expect(await Session.end(held.userId, held.sessionId)).toBe(true);
    for (const token of chain) expect(await codeOf(Session.refresh(token, origin))).toBe("session_ended");
    expect(await opens(held.token)).toBe(false);
    expect(await Session.end(held.userId, held.sessionId)).toBe(false);
  });

  it("that another person has does nothing", async () => {
    const [anna, ben] = [await logIn(), await logIn()];
    const before = await readTable();
    expect(await Session.end(anna.userId, ben.sessionId)).toBe(false);
    expect(await readTable()).toEqual(before);
    expect(await opens(ben.token)).toBe(true);
  });

  it("that never was does nothing, also where another one sits in its seat", async () => {
    const held = await logIn();
    const before = await readTable();
    for (const id of [newSessionId(seatOf(held.sessionId)), newSessionId(), "", "profile", "#"]) {
      expect(await Session.end(held.userId, id)).toBe(false);
    }
    expect(await readTable()).toEqual(before);
  });

  it("whose answer was lost is an end all the same", async () => {
    const held = await logIn();
    let tries = 0;
    await intercepted(
      async ({ operation }, send) => {
        if (operation !== "TransactWriteItems") return send();
        tries += 1;
        await send();
        if (tries === 1) throw Object.assign(new Error("the answer never came"), { name: "TimeoutError" });
      },
      () => Session.end(held.userId, held.sessionId),
    );
    expect(tries).toBe(2);
    expect(await opens(held.token)).toBe(false);
    expect(await recordOf(held)).toEqual(["logged_in", "sessions_ended"]);
  });
});

describe("a log-out by refresh token", () => {
  it.each([0, 1, 2, 3])("ends the session whichever of its tokens is shown: %i", async (index) => {
    const { chain, ...held } = await refreshedSession(3);
    await Session.endByRefreshToken(chain[index] ?? "");
    expect(await storedSession(held)).toBeUndefined();
    await expect(Session.endByRefreshToken(chain[index] ?? "")).resolves.toBeUndefined();
  });

  it.each(["", "garbage"])("by %j ends nothing and says so", async (text) => {
    expect(await codeOf(Session.endByRefreshToken(text))).toBe("invalid_refresh_token");
  });

  it("leaves a later session in the same seat alone", async () => {
    const held = await logIn();
    const earlier = { ...held, sessionId: newSessionId(seatOf(held.sessionId)), generation: 0 };
    const token = await write(earlier);
    await Session.endByRefreshToken(token);
    expect(await codeOf(Session.refresh(token, origin))).toBe("session_ended");
    expect(await opens(held.token)).toBe(true);
  });
});

describe("removing all sessions", () => {
  it("takes away also those that have run out, and counts them", async () => {
    atSecond(0);
    const person = await somebody();
    const other = await logIn();
    const sessions = [await logIn(person), await logIn(person)];
    atSecond(1_209_600);
    expect(await Session.removeAll(person.userId)).toBe(2);
    for (const session of sessions) expect(await storedSession(session)).toBeUndefined();
    expect(await storedSession(other)).toBeDefined();
    expect(await Session.removeAll(person.userId)).toBe(0);
  });

  it("signs the person out everywhere, and nobody else", async () => {
    const person = await somebody();
    const other = await logIn();
    const sessions = [await logIn(person), await logIn(person), await logIn(person)];
    await Session.removeAll(person.userId);
    for (const { token, refreshToken } of sessions) {
      expect(await opens(token)).toBe(false);
      expect(await codeOf(Session.refresh(refreshToken, origin))).toBe("session_ended");
    }
    expect(await opens(other.token)).toBe(true);
  });

  it("but one leaves that one", async () => {
    const person = await somebody();
    const [kept, ...others] = [await logIn(person), await logIn(person), await logIn(person)];
    expect(await Session.removeAll(person.userId, kept.sessionId)).toBe(2);
    expect(await opens(kept.token)).toBe(true);
    for (const { token } of others) expect(await opens(token)).toBe(false);
    expect((await Session.list(person.userId, kept.sessionId)).sessions).toMatchObject([{ current: true }]);
  });

  it("does not count one that ended meanwhile", async () => {
    const person = await somebody();
    const [held] = [await logIn(person), await logIn(person)];
    const ended = await intercepted(
      async ({ operation }, send) => {
        await send();
        if (operation === "Query") await Session.end(person.userId, held.sessionId);
      },
      () => Session.removeAll(person.userId),
    );
    expect(ended).toBe(1);
  });
});
