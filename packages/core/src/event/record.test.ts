import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, putItem, readTable } from "../../test/items.ts";
import { withOutage } from "../../test/outages.ts";
import { codeOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { atSecond } from "../../test/session.ts";
import { forgetConfig } from "../config.ts";
import { withRequest } from "../context.ts";
import { newId } from "../id.ts";
import { verifyOne } from "./audit.ts";
import * as Event from "./index.ts";

const request = {
  requestId: "JKJaXmPLvHcESHA=",
  sourceIp: "192.0.2.1",
  userAgent: "curl/8.9.1",
  sessionId: "s1",
};

const newChain = () => Event.chainOf(newId());

const failed = { type: "login_failed" } as const;

async function eventsIn(chain: string) {
  return (await readTable()).filter(({ pk, sk }) => pk === chain && sk.startsWith("event#"));
}

async function fill(chain: Event.Chain, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await Event.record(chain, failed);
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("an event", () => {
  it("says when, who, from where, in which request, and what came before it", async () => {
    const chain = newChain();
    atSecond(0);
    await withRequest(request, () => Event.record(chain, { type: "logged_in", details: { ended: 2 } }));
    atSecond(1);
    await Event.record(chain, failed);
    const [first, second] = await eventsIn(chain);
    expect(first).toMatchObject({
      sk: "event#0000000001",
      number: 1,
      userId: chain.slice("user#".length),
      type: "logged_in",
      at: "2026-05-28T20:26:40.000Z",
      actor: "user",
      sessionId: "s1",
      sourceIp: "192.0.2.1",
      userAgent: "curl/8.9.1",
      requestId: "JKJaXmPLvHcESHA=",
      details: { ended: 2 },
      day: "2026-05-28",
      gsi1pk: `day#2026-05-28#${first?.["shard"]}`,
    });
    expect(first).not.toHaveProperty("previous");
    expect(second).toMatchObject({ number: 2, actor: "anonymous", previous: first?.["hash"] });
    expect(second).not.toHaveProperty("sessionId");
  });

  it("is one read, its own write and the mark's", async () => {
    const chain = newChain();
    const requests = await requestsOf(() => Event.record(chain, failed));
    expect(requests.map(({ operation }) => operation)).toEqual(["GetItem", "PutItem", "PutItem"]);
  });

  it("stays for as long as the stage says, and its mark a month longer", async () => {
    vi.stubEnv("EVENT_RETENTION_SECONDS", "86400");
    forgetConfig();
    atSecond(0);
    const [kept, strangers] = [newChain(), await Event.strangersChain("nobody@example.com")];
    await Event.record(kept, failed);
    expect((await eventsIn(kept))[0]?.["ttl"]).toBe(1_780_000_000 + 86_400);
    const mark = (await readTable()).find(({ pk, sk }) => pk === kept && sk === "mark");
    expect(mark).toMatchObject({ number: 1, eventExpiresAt: 1_780_086_400, ttl: 1_780_086_400 + 2_592_000 });
    vi.stubEnv("EVENT_RETENTION_SECONDS", "31536000");
    forgetConfig();
    await Event.record(strangers, failed);
    expect((await eventsIn(strangers))[0]?.["ttl"]).toBe(1_780_000_000 + 7 * 86_400);
  });
});

describe("events that come at once", () => {
  it("and say the same, to the millisecond, are as many as they are", async () => {
    atSecond(0);
    const chain = newChain();
    await Promise.all(Array.from({ length: 10 }, () => Event.record(chain, failed)));
    expect(await eventsIn(chain)).toHaveLength(10);
  });

  it("all get a place of their own, without a gap, and each knows the one before it", async () => {
    const chain = newChain();
    await Promise.all(Array.from({ length: 25 }, () => Event.record(chain, failed)));
    const events = await eventsIn(chain);
    expect(events.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(events.slice(1).map(({ previous }) => previous)).toEqual(
      events.slice(0, -1).map(({ hash }) => hash),
    );
    expect(await verifyOne(chain)).toEqual({ chain, events: 25, findings: [] });
  });
});

describe("an outage", () => {
  it.each(["request", "answer"] as const)(
    "that loses one %s of any of its requests loses no event and doubles none",
    async (lost) => {
      for (const at of [0, 1, 2]) {
        const chain = newChain();
        await fill(chain, 1);
        expect(await withOutage(at, lost, () => Event.record(chain, failed), 1)).toBe(true);
        expect(await verifyOne(chain)).toEqual({ chain, events: 2, findings: [] });
      }
    },
  );

  it("that lasts makes it unavailable, but for the mark, which the next event brings along", async () => {
    const chain = newChain();
    await fill(chain, 1);
    for (const at of [0, 1]) {
      const recording = withOutage(at, "request", async () => {
        expect(await codeOf(Event.record(chain, failed))).toBe("unavailable");
      });
      expect(await recording).toBe(true);
    }
    await withOutage(2, "request", () => Event.record(chain, failed));
    expect(await verifyOne(chain)).toEqual({ chain, events: 2, findings: [] });
    await fill(chain, 1);
    expect(await verifyOne(chain)).toEqual({ chain, events: 3, findings: [] });
  });
});

it("a place that is taken again and again is given up in the end", async () => {
  const chain = newChain();
  await fill(chain, 1);
  const [event] = await eventsIn(chain);
  if (!event) throw new Error("nothing was recorded");
  // As damage would have it: whichever place is tried, the same event says that it sits there.
  const taken = Array.from({ length: 210 }, (_, index) => ({
    ...event,
    sk: `event#${String(index + 1).padStart(10, "0")}`,
  }));
  for (const item of taken) await putItem({ ...item, number: Number(item.sk.slice(6)) });
  expect(await codeOf(Event.record(chain, failed))).toBe("unavailable");
  for (const item of taken) await deleteItem(item);
});
