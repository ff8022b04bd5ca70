import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deleteItem, readTable } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { atSecond, start } from "../../test/session.ts";
import { forgetConfig } from "../config.ts";
import * as Throttle from "./index.ts";

/** The first second of a window. */
const windowStart = start - (start % 3600) + 3600 - start;

function allow(limit: number): void {
  vi.stubEnv("SOURCE_LIMIT_PER_HOUR", String(limit));
  forgetConfig();
}

beforeEach(async () => {
  atSecond(windowStart);
  allow(3);
  for (const item of await readTable()) await deleteItem(item);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

async function passesOf(
  count: (source: string) => Promise<void>,
  sources: readonly string[],
): Promise<number> {
  const outcomes = await Promise.allSettled(sources.map(count));
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

const count = Throttle.countMail;

describe("what has mail sent", () => {
  it("pass up to the limit and no further, one after the other", async () => {
    for (let time = 0; time < 3; time += 1) await count("192.0.2.1");
    expect(await codeOf(count("192.0.2.1"))).toBe("too_many_requests");
  });

  it("pass exactly as often as the limit says, of forty at a time", async () => {
    allow(17);
    expect(await passesOf(count, Array(40).fill("192.0.2.1"))).toBe(17);
    expect(await passesOf(count, Array(5).fill("192.0.2.1"))).toBe(0);
  });

  it("are counted for each source apart", async () => {
    expect(await passesOf(count, [...Array(9).fill("192.0.2.1"), ...Array(9).fill("192.0.2.2")])).toBe(6);
  });

  it("are one source's, however it spells its address", async () => {
    const one = ["2001:db8::1", "2001:DB8::ffff", "2001:db8:0:0:1:2:3:4%eth0", "2001:0db8::", "2001:db8::2"];
    expect(await passesOf(count, one)).toBe(3);
    expect(await passesOf(count, ["::ffff:192.0.2.1", "192.0.2.1", "::FFFF:C000:201", "192.0.2.1"])).toBe(3);
    expect(await passesOf(count, ["", "garbage", "\0", "unknown", "192.0.2.1#x"])).toBe(3);
  });

  it("pass again when the window is over, and the wait is told to the second", async () => {
    for (let time = 0; time < 3; time += 1) await count("192.0.2.1");
    expect(await refusalOf(count("192.0.2.1"))).toMatchObject({ retryAfterSeconds: 3600 });
    atSecond(windowStart + 1234.5);
    expect(await refusalOf(count("192.0.2.1"))).toMatchObject({ retryAfterSeconds: 3600 - 1234 });
    atSecond(windowStart + 3599.999);
    expect(await refusalOf(count("192.0.2.1"))).toMatchObject({
      code: "too_many_requests",
      retryAfterSeconds: 1,
    });
    atSecond(windowStart + 3600);
    await expect(count("192.0.2.1")).resolves.toBeUndefined();
  });

  it("of the window before do not count, though their item is still there", async () => {
    atSecond(windowStart + 3599);
    for (let time = 0; time < 3; time += 1) await count("192.0.2.1");
    const before = (await readTable()).length;
    atSecond(windowStart + 3600);
    expect(await passesOf(count, Array(5).fill("192.0.2.1"))).toBe(3);
    expect((await readTable()).length).toBeGreaterThan(before);
  });

  it("leave counters that name nobody, in keys of hex, with a TTL of whole seconds", async () => {
    atSecond(windowStart + 0.5);
    const hostile = ["mail#all", "../../etc/passwd", "x#window#1", "\ud800", "a".repeat(5000), "192.0.2.1"];
    await passesOf(count, hostile);
    const endsAt = start + windowStart + 3600;
    for (const item of await readTable()) {
      expect(item.pk).toMatch(/^throttle#mail#[0-9a-f]{32}$/);
      expect(item.sk).toBe(`window#${endsAt}`);
      expect(item["ttl"]).toBe(endsAt);
      expect(JSON.stringify(item)).not.toMatch(/192\.0|passwd|aaaa/);
    }
  });

  it("cannot pass uncounted while the table is down", async () => {
    const down: Interceptor = () =>
      Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
    expect(await codeOf(intercepted(down, () => count("192.0.2.1")))).toBe("unavailable");
  });
});

it("a source may do a hundred an hour where nothing else is said", async () => {
  vi.unstubAllEnvs();
  forgetConfig();
  expect(await passesOf(count, Array(110).fill("192.0.2.1"))).toBe(100);
});

it("it costs one conditional update", async () => {
  const requests = await requestsOf(() => count("192.0.2.1"));
  expect(requests.map(({ operation }) => operation)).toEqual(["UpdateItem"]);
  expect(requests[0]?.input["ConditionExpression"]).toEqual(expect.any(String));
});
