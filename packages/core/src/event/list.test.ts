import { describe, expect, it } from "vitest";
import { withRequest } from "../context.ts";
import { newId } from "../id.ts";
import { Event } from "./index.ts";

async function withEvents(count: number): Promise<string> {
  const userId = newId();
  for (let number = 1; number <= count; number += 1)
    await Event.record(Event.chainOf(userId), { type: number % 2 ? "logged_in" : "login_failed" });
  return userId;
}

describe("a person's record", () => {
  it("is told from the newest to the oldest, page by page, with nothing twice and nothing left out", async () => {
    const userId = await withEvents(12);
    const numbers: number[] = [];
    let before: number | null = null;
    do {
      const page = await Event.list(userId, { before: before ?? undefined, limit: 5 });
      numbers.push(...page.events.map(({ number }) => number));
      before = page.next;
    } while (before !== null);
    expect(numbers).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it("has no further page where the last one is full", async () => {
    const userId = await withEvents(4);
    expect((await Event.list(userId, { limit: 4 })).next).toBeNull();
    expect((await Event.list(userId, { limit: 3 })).next).toBe(2);
  });

  it("may be empty", async () => {
    expect(await Event.list(newId(), { limit: 10 })).toEqual({ events: [], next: null });
  });

  it("tells that it does not know from where", async () => {
    const userId = newId();
    await Event.record(Event.chainOf(userId), { type: "logged_in", origin: {} });
    expect((await Event.list(userId, { limit: 1 })).events).toMatchObject([
      { sourceIp: null, userAgent: null },
    ]);
    expect(await Event.hasBeenHere(Event.chainOf(userId), "")).toBe(false);
  });

  it("tells these members of an event and never another", async () => {
    const userId = await withEvents(1);
    const { events } = await Event.list(userId, { limit: 1 });
    expect(events).toEqual([
      {
        number: 1,
        type: "logged_in",
        at: expect.any(String),
        actor: "anonymous",
        sessionId: null,
        sourceIp: "unknown",
        userAgent: null,
        requestId: "none",
        details: {},
      },
    ]);
  });
});

describe("a source has been here", () => {
  const from = (
    sourceIp: string,
    type: "logged_in" | "password_reset" | "login_failed" | "registered",
    userId: string,
  ) => withRequest({ requestId: "r", sourceIp }, () => Event.record(Event.chainOf(userId), { type }));

  it("once somebody registered or logged in from there, or reset the password, and not because of anything else", async () => {
    const userId = newId();
    const chain = Event.chainOf(userId);
    await from("192.0.2.3", "registered", userId);
    expect(await Event.hasBeenHere(chain, "192.0.2.3")).toBe(true);
    await from("192.0.2.1", "login_failed", userId);
    expect(await Event.hasBeenHere(chain, "192.0.2.1")).toBe(false);
    await from("192.0.2.2", "logged_in", userId);
    await from("2001:db8::1", "password_reset", userId);
    expect(await Event.hasBeenHere(chain, "192.0.2.1")).toBe(false);
    expect(await Event.hasBeenHere(chain, "::ffff:192.0.2.2")).toBe(true);
    expect(await Event.hasBeenHere(chain, "2001:db8:0:0:ffff::9")).toBe(true);
    expect(await Event.hasBeenHere(Event.chainOf(newId()), "192.0.2.2")).toBe(false);
  });
});
