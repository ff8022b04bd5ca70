import { randomInt } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemOf, itemsOf, putItem, type StoredItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, type Request, requestsOf } from "../../test/requests.ts";
import {
  atSecond,
  type Held,
  logIn,
  opens,
  origin,
  somebody,
  start,
  storedSession,
} from "../../test/session.ts";
import type { Profile } from "../user/index.ts";
import * as Session from "./index.ts";
import { newSessionId, seatOf } from "./seat.ts";

vi.mock("node:crypto", { spy: true });

afterEach(() => {
  vi.useRealTimers();
  vi.mocked(randomInt).mockReset();
});

/** The seats drawn next; every later draw is left to chance. */
function draw(...seats: readonly number[]): void {
  for (const seat of seats) vi.mocked(randomInt as (max: number) => number).mockReturnValueOnce(seat);
}

async function seated(person: Profile): Promise<readonly StoredItem[]> {
  return (await itemsOf(person.userId)).filter(({ sk }) => sk.startsWith("session#"));
}

/** Whether a request looks for a seat or takes one, as opposed to recording the log-in. */
function isAboutSeats({ input }: Request): boolean {
  return JSON.stringify(input).includes("session#");
}

/** Fills all fifty seats, a second apart, in an order that is not that of their numbers. */
async function fillSeats(person: Profile): Promise<readonly Held[]> {
  const sessions: Held[] = [];
  for (let second = 0; second < 50; second += 1) {
    atSecond(second);
    draw((second * 7 + 3) % 50);
    sessions.push(await logIn(person));
  }
  atSecond(50);
  return sessions;
}

describe("a log-in", () => {
  it("takes the seat it draws, with one request", async () => {
    const person = await somebody();
    for (const seat of [7, 0, 49]) {
      draw(seat);
      const requests = await requestsOf(() => Session.open(person, origin));
      expect(requests.filter(isAboutSeats)).toMatchObject([{ operation: "PutItem" }]);
    }
    expect((await seated(person)).map(({ sk }) => sk)).toEqual(["session#00", "session#07", "session#49"]);
  });

  it("whose seat is taken finds a free one with one query and one more write", async () => {
    const person = await somebody();
    draw(7);
    const first = await logIn(person);
    draw(7);
    const requests = await requestsOf(() => Session.open(person, origin));
    expect(requests.filter(isAboutSeats)).toMatchObject([
      { operation: "PutItem" },
      { operation: "Query", input: { ConsistentRead: true } },
      { operation: "PutItem" },
    ]);
    expect(await opens(first.token)).toBe(true);
    expect(await seated(person)).toHaveLength(2);
  });

  it("finds the last free seat", async () => {
    const person = await somebody();
    await fillSeats(person);
    await deleteItem(await itemOf(person.userId, "session#31"));
    draw(12);
    expect(seatOf((await logIn(person)).sessionId)).toBe("31");
    expect(await seated(person)).toHaveLength(50);
  });

  it("takes the seat of a session that has run out, at once", async () => {
    const person = await somebody();
    atSecond(0);
    draw(7);
    const expired = await logIn(person);
    atSecond(1_209_599);
    draw(7);
    expect(seatOf((await logIn(person)).sessionId)).not.toBe("07");
    atSecond(1_209_600);
    draw(7);
    const requests = await requestsOf(() => Session.open(person, origin));
    expect(requests.filter(isAboutSeats)).toHaveLength(1);
    expect(await storedSession(expired)).toBeUndefined();
    expect(await codeOf(Session.refresh(expired.refreshToken, origin))).toBe("session_ended");
  });

  it("takes the seat of one that reached its absolute end while it was in use", async () => {
    const person = await somebody();
    atSecond(0);
    draw(7);
    await logIn(person);
    await putItem({ ...(await itemOf(person.userId, "session#07")), expiresAt: start + 100 });
    atSecond(100);
    draw(7);
    expect(seatOf((await logIn(person)).sessionId)).toBe("07");
    expect(await seated(person)).toHaveLength(1);
  });
});

describe("a person whose fifty seats are full", () => {
  it("logs in all the same: the oldest session makes room, and no other", async () => {
    const person = await somebody();
    const [oldest = "", second = "", ...others] = (await fillSeats(person)).map(({ sessionId }) => sessionId);
    const newest = await logIn(person);
    const left = async () => (await seated(person)).map((item) => item["sessionId"]);
    expect(seatOf(newest.sessionId)).toBe(seatOf(oldest));
    expect((await left()).toSorted()).toEqual([newest.sessionId, second, ...others].toSorted());
    await logIn(person);
    expect(await left()).not.toContain(second);
    expect(await left()).toEqual(expect.arrayContaining(others));
    expect(await left()).toHaveLength(50);
  });

  it("loses the session opened first, however lately it was used", async () => {
    const person = await somebody();
    const [oldest, ...others] = await fillSeats(person);
    const refreshed = await Session.refresh(oldest?.refreshToken ?? "", origin);
    await logIn(person);
    expect(await codeOf(Session.refresh(refreshed.refreshToken, origin))).toBe("session_ended");
    for (const token of [oldest?.token ?? "", refreshed.token]) expect(await opens(token)).toBe(false);
    for (const { token } of others) expect(await opens(token)).toBe(true);
  });

  it("loses none while one that has run out still holds a seat", async () => {
    const person = await somebody();
    const sessionIds = (await fillSeats(person)).map(({ sessionId }) => sessionId);
    await putItem({ ...(await itemOf(person.userId, "session#20")), idleExpiresAt: start + 50 });
    expect(seatOf((await logIn(person)).sessionId)).toBe("20");
    const left = (await seated(person)).map((each) => each["sessionId"]);
    expect(left).toEqual(expect.arrayContaining(sessionIds.filter((id) => seatOf(id) !== "20")));
  });
});

describe("a person never has more than fifty sessions", () => {
  it("after seventy log-ins, of which the last fifty are left", async () => {
    const person = await somebody();
    const opened: string[] = [];
    for (let second = 0; second < 70; second += 1) {
      atSecond(second);
      opened.push((await logIn(person)).sessionId);
      expect((await seated(person)).length).toBe(Math.min(second + 1, 50));
    }
    const left = (await seated(person)).map((item) => String(item["sessionId"]));
    expect(left.toSorted()).toEqual(opened.slice(20).toSorted());
  });

  it("after sixty log-ins at once, each of which is open, made room, or is told to come back", async () => {
    const person = await somebody();
    const attempts = await Promise.allSettled(Array.from({ length: 60 }, () => logIn(person)));
    const opened = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
    const refused = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
    for (const reason of refused) expect(await codeOf(Promise.reject(reason))).toBe("unavailable");
    const left = (await seated(person)).map((item) => item["sessionId"]);
    expect(left.length).toBeGreaterThan(40);
    expect(left.length).toBeLessThanOrEqual(50);
    expect(new Set(opened.map(({ sessionId }) => sessionId)).size).toBe(opened.length);
    expect(opened.map(({ sessionId }) => sessionId)).toEqual(expect.arrayContaining(left));
    const live = await Promise.all(opened.map(({ token }) => opens(token)));
    expect(live.filter(Boolean)).toHaveLength(left.length);
  });
});

describe("a log-in whose write", () => {
  it("is done and its answer lost is a success, and no second session", async () => {
    const person = await somebody();
    let tries = 0;
    const held = await intercepted(
      async (request, send) => {
        if (!isAboutSeats(request)) return send();
        tries += 1;
        await send();
        if (tries === 1) throw Object.assign(new Error("the answer never came"), { name: "TimeoutError" });
      },
      () => logIn(person),
    );
    expect(tries).toBe(2);
    expect(await seated(person)).toMatchObject([{ sessionId: held.sessionId }]);
    expect(await opens(held.token)).toBe(true);
  });

  it("meets another log-in of the same person in each of ten seats is told to come back", async () => {
    const person = await somebody();
    const held = await logIn(person);
    const theirs = await itemOf(person.userId, `session#${seatOf(held.sessionId)}`);
    let interfering = false;
    let tries = 0;
    const attempt = intercepted(
      async ({ operation, input }, send) => {
        if (operation === "PutItem" && !interfering) {
          tries += 1;
          const { sk } = input["Item"] as { sk: { S: string } };
          const seat = sk.S.slice("session#".length);
          interfering = true;
          await putItem({ ...theirs, sk: sk.S, seat, sessionId: newSessionId(seat) });
          interfering = false;
        }
        await send();
      },
      () => logIn(person),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(tries).toBe(10);
  });
});
