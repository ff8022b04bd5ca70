import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deleteItem, putItem, readTable, type StoredItem } from "../../test/items.ts";
import { atSecond } from "../../test/session.ts";
import { setSecrets } from "../../test/stage-keys.ts";
import { goodPassword, newEmail } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import { eventsOf, eventsOfDay, verifyAll, verifyOne } from "./audit.ts";
import * as Event from "./index.ts";

const retention = 34_560_000;

let chain: Event.Chain;

beforeEach(async () => {
  atSecond(0);
  chain = Event.chainOf(newId());
  for (let number = 1; number <= 5; number += 1) await Event.record(chain, { type: "login_failed" });
});

afterEach(() => {
  vi.useRealTimers();
});

async function itemAt(sk: string): Promise<StoredItem> {
  const item = (await readTable()).find((each) => each.pk === chain && each.sk === sk);
  if (!item) throw new Error(`there is no ${sk}`);
  return item;
}

const event = (number: number) => itemAt(`event#${String(number).padStart(10, "0")}`);

const findings = async () => (await verifyOne(chain)).findings;

describe("a record", () => {
  it("that nobody touched is whole", async () => {
    expect(await verifyOne(chain)).toEqual({ chain, events: 5, findings: [] });
  });

  it.each([1, 2, 3, 4, 5])("of which event %i is removed shows it", async (number) => {
    await deleteItem(await event(number));
    expect(await findings()).toEqual([`event ${number} is missing`]);
  });

  it("whose end is removed shows it, also after it has gone on", async () => {
    await deleteItem(await event(4));
    await deleteItem(await event(5));
    expect(await findings()).toEqual(["events 4 to 5 are missing"]);
    await Event.record(chain, { type: "logged_in" });
    expect(await findings()).toEqual(["events 4 to 5 are missing"]);
  });

  it("that is removed whole but for its mark shows it", async () => {
    for (const number of [1, 2, 3, 4, 5]) await deleteItem(await event(number));
    expect(await findings()).toEqual(["events 1 to 5 are missing"]);
  });

  it("whose mark is removed shows it", async () => {
    await deleteItem(await itemAt("mark"));
    expect(await findings()).toEqual(["its mark is missing"]);
  });

  it.each([
    ["type", "logged_in"],
    ["at", "2020-01-01T00:00:00.000Z"],
    ["sourceIp", "192.0.2.99"],
    ["details", { until: "now" }],
    ["number", 9],
    ["previous", "0".repeat(64)],
    ["previousExpiresAt", 0],
    ["ttl", 0],
    ["userId", newId()],
    ["invented", true],
  ])("in which the %s of an event is changed shows it", async (name, value) => {
    await putItem({ ...(await event(3)), [name]: value });
    expect((await findings()).join()).toContain("was changed");
  });

  it("that lost what says when an event may be gone shows that it is", async () => {
    const { previousExpiresAt: _, ...third } = await event(3);
    await putItem(third as StoredItem);
    await deleteItem(await event(2));
    atSecond(retention);
    expect(await findings()).toEqual(["event 3 was changed", "event 2 is missing"]);
  });

  it("in which two events change places shows it", async () => {
    const [second, third] = [await event(2), await event(3)];
    await putItem({ ...second, sk: third.sk });
    await putItem({ ...third, sk: second.sk });
    expect(await findings()).not.toEqual([]);
  });

  it("that somebody continues without the key shows it", async () => {
    const last = await event(5);
    await putItem({ ...last, sk: "event#0000000006", number: 6, previous: last["hash"] });
    expect(await findings()).toEqual(["event 6 was changed"]);
  });

  it("from which another event was cut out and the rest joined shows it", async () => {
    const [second, fourth] = [await event(2), await event(4)];
    await deleteItem(await event(3));
    await putItem({ ...fourth, sk: "event#0000000003", number: 3, previous: second["hash"] });
    await deleteItem(fourth);
    expect((await findings()).length).toBeGreaterThan(0);
  });

  it("whose old events went with their time is whole, and one that went before it is not", async () => {
    atSecond(1000);
    await Event.record(chain, { type: "logged_in" });
    atSecond(retention);
    for (const number of [1, 2, 3, 4, 5]) await deleteItem(await event(number));
    expect(await findings()).toEqual([]);
    await deleteItem(await event(6));
    expect(await findings()).toEqual(["events 1 to 6 are missing"]);
    atSecond(retention + 1000);
    expect(await findings()).toEqual([]);
  });

  it("of which the table's expiry took a later one first is whole", async () => {
    atSecond(retention);
    await deleteItem(await event(3));
    expect(await findings()).toEqual([]);
  });

  it("verifies with the key it was made with and no other", async () => {
    setSecrets({});
    expect((await findings()).filter((finding) => finding.endsWith("was changed"))).toHaveLength(5);
  });
});

describe("all records", () => {
  it("are found: those of people, of emails nobody has, and the stage's, and accounts of which nothing is recorded", async () => {
    const person = await User.register({ email: newEmail("audited"), password: goodPassword });
    await Event.record(await Event.strangersChain("nobody@example.com"), { type: "login_failed" });
    await Event.record(Event.stageChain, { type: "key_rotated", actor: "operator" });
    const silent = await User.register({ email: newEmail("silent"), password: goodPassword });
    for (const item of await readTable())
      if (item.pk === `user#${silent.id}` && /^(?:event|mark)/.test(item.sk)) await deleteItem(item);
    const all = new Map<string, readonly string[]>();
    for await (const { chain: name, findings: found } of verifyAll()) all.set(name, found);
    expect(all.get(`user#${person.id}`)).toEqual([]);
    expect(all.get("stage")).toEqual([]);
    expect([...all.keys()].filter((name) => name.startsWith("unknown#")).length).toBeGreaterThan(0);
    expect(all.get(`user#${silent.id}`)).toEqual(["there is an account and nothing of it on record"]);
  });

  it("are found by day, in the order of time, whoever they are of", async () => {
    atSecond(5 * 86_400);
    const chains = Array.from({ length: 6 }, () => Event.chainOf(newId()));
    for (const [index, each] of chains.entries()) {
      atSecond(5 * 86_400 + index);
      await Event.record(each, { type: "logged_in" });
    }
    const events = await eventsOfDay("2026-06-02");
    expect(events.map((each) => each.chain)).toEqual(chains);
    expect(await eventsOfDay("2026-06-01")).toEqual([]);
    expect(await eventsOf(chain)).toHaveLength(5);
  });

  it("are found by day in every partition of its index, also in those that a day had of old", async () => {
    atSecond(6 * 86_400);
    const day = "2026-06-03";
    const sixteenOfOld = Array.from({ length: 16 }, (_, shard) => shard);
    for (const shard of [...sixteenOfOld, 16, 127]) {
      const id = newId();
      await Event.record(Event.chainOf(id), { type: "logged_in" });
      const item = (await readTable()).find(({ pk, sk }) => pk === `user#${id}` && sk.startsWith("event#"));
      await putItem({ ...(item as StoredItem), shard, gsi1pk: `day#${day}#${shard}` });
    }
    const found = (await eventsOfDay(day)).map(({ shard }) => shard);
    expect(found.toSorted((a, b) => a - b)).toEqual([...sixteenOfOld, 16, 127]);
  });
});
