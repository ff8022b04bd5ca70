import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tryAt } from "../../test/guesses.ts";
import { deleteItem, readTable } from "../../test/items.ts";
import { atSecond, start } from "../../test/session.ts";
import { newEmail } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";

/** The first second of a window of an hour. */
const hourStart = start - (start % 3600) + 3600 - start;

function set(key: string, limit: number): void {
  vi.stubEnv(key, String(limit));
  forgetConfig();
}

beforeEach(async () => {
  atSecond(hourStart);
  for (const item of await readTable()) await deleteItem(item);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

/** A wrong password for an account nobody has guessed at before. */
const spray = (from: string, isKnown = false) => tryAt(newEmail("spray"), { from, isKnown });

describe("a source that guesses at many accounts", () => {
  it("is shut out of all of them after so many within the hour, to the second", async () => {
    set("SOURCE_FAILURES_PER_HOUR", 7);
    for (let time = 0; time < 7; time += 1) expect(await spray("192.0.2.7")).toBe("looked at");
    expect(await spray("192.0.2.7")).toBe(3600);
    atSecond(hourStart + 3599);
    expect(await spray("192.0.2.7")).toBe(1);
    atSecond(hourStart + 3600);
    expect(await spray("192.0.2.7")).toBe("looked at");
  });

  it("shuts out nobody else, and nobody who shares it and logged in from there before", async () => {
    set("SOURCE_FAILURES_PER_HOUR", 2);
    for (let time = 0; time < 2; time += 1) await spray("192.0.2.7");
    expect(await spray("192.0.2.8")).toBe("looked at");
    expect(await spray("192.0.2.7", true)).toBe("looked at");
    expect(await spray("192.0.2.7")).toBe(3600);
  });

  it("is one source in the whole of its IPv6 network, however it is spelt, and everybody without an address is one", async () => {
    set("SOURCE_FAILURES_PER_HOUR", 3);
    for (const from of ["2001:db8::1", "2001:DB8:0:0:ffff::2", "2001:db8::3%eth0"]) await spray(from);
    expect(await spray("2001:db8::4")).toBe(3600);
    expect(await spray("2001:db8:0:1::1")).toBe("looked at");
    for (const from of ["", "unknown", "127.0.0.1, 10.0.0.1"]) await spray(from);
    expect(await spray("garbage")).toBe(3600);
  });

  it("gets no further tries by logging in to an account of its own", async () => {
    set("SOURCE_FAILURES_PER_HOUR", 3);
    for (let time = 0; time < 3; time += 1) await spray("192.0.2.7");
    await tryAt(newEmail("own"), { from: "192.0.2.7", isKnown: true, password: "right" });
    expect(await spray("192.0.2.7")).toBe(3600);
  });
});

describe("a crowd of sources that guesses at many accounts", () => {
  let source = 0;
  const newSource = () => `2001:db8:${(++source).toString(16)}::1`;

  async function pressUntilRefused(): Promise<number> {
    for (let time = 0; time < 400; time += 1) if ((await spray(newSource())) !== "looked at") return time;
    throw new Error("nothing was refused");
  }

  it("presses the brake: in that minute nobody is looked at but who logged in before from where they are", async () => {
    set("FAILURES_PER_MINUTE", 20);
    // The count stands in ten places, of which each try looks at one, so it is met roughly.
    const lookedAt = await pressUntilRefused();
    expect(lookedAt).toBeGreaterThanOrEqual(2);
    for (let time = 0; time < 200; time += 1) await spray(newSource());
    expect(await spray(newSource())).toBe(60);
    expect(await spray(newSource(), true)).toBe("looked at");
    atSecond(hourStart + 60);
    expect(await spray(newSource())).toBe("looked at");
  });

  it("is counted in more items where the brake is set higher, so that none is asked more often than an item can be", async () => {
    set("FAILURES_PER_MINUTE", 120_000);
    for (let time = 0; time < 40; time += 1) await spray(newSource());
    const counters = (await readTable()).filter(({ pk }) => pk.startsWith("throttle#all#"));
    expect(counters.length).toBeGreaterThan(20);
  });

  it("leaves a person's own session alone", async () => {
    set("FAILURES_PER_MINUTE", 1);
    for (let time = 0; time < 100; time += 1) await spray(newSource());
    expect(await spray(newSource())).toBe(60);
    expect(await tryAt(newEmail("session"), { sessionId: "s1", password: "right" })).toBe("looked at");
  });
});
