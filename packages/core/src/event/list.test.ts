import { describe, expect, it } from "vitest";
import { newId } from "../id.ts";
import * as Event from "./index.ts";

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
