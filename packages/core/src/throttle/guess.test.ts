import { beforeEach, describe, expect, it, vi } from "vitest";
import { lookedAtOf, setFailures, triesAt, tryAt } from "../../test/guesses.ts";
import { readTable } from "../../test/items.ts";
import { atSecond } from "../../test/session.ts";
import { newEmail } from "../../test/user.ts";
import { withRequest } from "../context.ts";
import { forgive } from "./guess.ts";

const day = 24 * 3600;

/** A source that nothing else in this file comes from. */
let count = 0;
const newSource = () => `198.51.${Math.floor(++count / 250)}.${(count % 250) + 1}`;

beforeEach(() => {
  vi.useRealTimers();
});

describe("wrong passwords for one account", () => {
  it("cost nothing five times, and then a second, twice as long after each, up to a quarter of an hour", async () => {
    const email = newEmail("curve");
    atSecond(0);
    expect(await triesAt(email, 5)).toEqual(Array(5).fill("looked at"));
    let second = 0;
    for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]) {
      atSecond(second);
      expect(await tryAt(email)).toBe(wait);
      second += wait;
      atSecond(second);
      expect(await tryAt(email)).toBe("looked at");
    }
  });

  it("close it to the millisecond, and Retry-After never says less than there is", async () => {
    const email = newEmail("exact");
    atSecond(0);
    await triesAt(email, 5);
    atSecond(1);
    await tryAt(email);
    atSecond(1.001);
    expect(await tryAt(email)).toBe(2);
    atSecond(2.001);
    expect(await tryAt(email)).toBe(1);
    atSecond(2.999);
    expect(await tryAt(email)).toBe(1);
    atSecond(3);
    expect(await tryAt(email)).toBe("looked at");
  });

  it("neither count nor prolong while it is closed", async () => {
    const email = newEmail("closed");
    atSecond(0);
    await triesAt(email, 5);
    const before = await readTable();
    expect(await triesAt(email, 20)).toEqual(Array(20).fill(1));
    expect(await readTable()).toEqual(before);
    atSecond(1);
    expect(await tryAt(email)).toBe("looked at");
  });

  it("are one account's in whatever case its email is typed", async () => {
    const email = newEmail("case");
    atSecond(0);
    await triesAt(email, 3);
    await triesAt(email.toUpperCase(), 2);
    expect(await tryAt(email)).toBe(1);
  });

  it("are counted for it whatever their source", async () => {
    const email = newEmail("botnet");
    atSecond(0);
    for (let time = 0; time < 5; time += 1) await tryAt(email, { from: newSource() });
    expect(await tryAt(email, { from: newSource() })).toBe(1);
  });

  it("count as fifty where fifty come at once", async () => {
    const email = newEmail("fifty");
    atSecond(0);
    expect(await lookedAtOf(email, 50)).toBe(50);
    expect(await tryAt(email)).toBe(900);
    expect(await tryAt(email, { from: newSource() })).toBe(900);
  });

  it("are looked at one at a time once the free ones are used up, however many come at once", async () => {
    const email = newEmail("parallel");
    atSecond(0);
    await triesAt(email, 5);
    atSecond(1);
    expect(await lookedAtOf(email, 50)).toBe(1);
    const sources = Array.from({ length: 30 }, newSource);
    atSecond(3);
    const answers = await Promise.all(sources.map((from) => tryAt(email, { from })));
    expect(answers.filter((answer) => answer === "looked at")).toHaveLength(1);
  });

  it("are a hundred in a row at the most: then strangers are not looked at for seven days", async () => {
    const email = newEmail("hundred");
    atSecond(0);
    await setFailures(email, 99);
    atSecond(900);
    expect(await tryAt(email)).toBe("looked at");
    atSecond(1800);
    expect(await tryAt(email, { from: newSource() })).toBe(7 * day - 900);
    atSecond(900 + 7 * day - 1);
    expect(await tryAt(email, { from: newSource() })).toBe(1);
    atSecond(900 + 7 * day);
    expect(await triesAt(email, 5, { from: newSource() })).toEqual(Array(5).fill("looked at"));
    expect(await tryAt(email, { from: newSource() })).toBe(1);
  });

  it("are forgotten with the right password", async () => {
    const email = newEmail("right");
    atSecond(0);
    await triesAt(email, 5);
    atSecond(1);
    expect(await tryAt(email, { password: "right" })).toBe("looked at");
    expect(await triesAt(email, 5)).toEqual(Array(5).fill("looked at"));
    expect(await tryAt(email)).toBe(1);
  });

  it("are not forgotten where they come beside the right one", async () => {
    const email = newEmail("beside");
    atSecond(0);
    await tryAt(email);
    const right = tryAt(email, { password: "right" });
    const wrong = lookedAtOf(email, 20);
    await Promise.all([right, wrong]);
    expect(await tryAt(email)).toBe(900);
  });

  it("are forgotten with a new password, for whoever chose it and for strangers", async () => {
    const email = newEmail("forgiven");
    atSecond(0);
    await setFailures(email, 100);
    await withRequest({ requestId: "test", sourceIp: "192.0.2.1" }, () => forgive(email));
    expect(await tryAt(email)).toBe("looked at");
    expect(await tryAt(email, { from: newSource() })).toBe("looked at");
  });
});

describe("a source that logged in before", () => {
  it("is not shut out by what strangers do, however much that is", async () => {
    const email = newEmail("victim");
    const home = newSource();
    atSecond(0);
    await setFailures(email, 100_000);
    expect(await tryAt(email, { from: newSource() })).toBe(7 * day);
    expect(await tryAt(email, { from: home, isKnown: true, password: "right" })).toBe("looked at");
  });

  it("comes in beside a crowd that guesses at the same moment", async () => {
    const email = newEmail("crowd");
    atSecond(0);
    await triesAt(email, 5);
    atSecond(1);
    const owner = { from: newSource(), isKnown: true, password: "right" } as const;
    const crowd = Array.from({ length: 30 }, () => tryAt(email, { from: newSource() }));
    const owners = Array.from({ length: 5 }, () => tryAt(email, owner));
    expect(await Promise.all(owners)).toEqual(Array(5).fill("looked at"));
    await Promise.all(crowd);
  });

  it("pays for its own wrong passwords on the same curve, and for a hundred at the most", async () => {
    const email = newEmail("own");
    const home = { from: newSource(), isKnown: true };
    atSecond(0);
    expect(await triesAt(email, 6, home)).toEqual([...Array(5).fill("looked at"), 1]);
    atSecond(1);
    expect(await lookedAtOf(email, 20, home)).toBe(1);
    expect(await tryAt(email, home)).toBe(2);
  });

  it("opens nothing to strangers by logging in, and takes back what it got wrong itself", async () => {
    const email = newEmail("elsewhere");
    const home = { from: newSource(), isKnown: true };
    atSecond(0);
    await triesAt(email, 4, { from: newSource() });
    await triesAt(email, 3, home);
    expect(await tryAt(email, { ...home, password: "right" })).toBe("looked at");
    expect(await tryAt(email, { from: newSource() })).toBe("looked at");
    expect(await tryAt(email, { from: newSource() })).toBe(1);
    await tryAt(email, { ...home, password: "right" });
    expect(await tryAt(email, { from: newSource() })).toBe(1);
  });

  it("is taken back no more than it was counted, though it paid before it was looked at", async () => {
    const email = newEmail("paid");
    const home = { from: newSource(), isKnown: true };
    atSecond(0);
    await triesAt(email, 2, { from: newSource() });
    await triesAt(email, 5, home);
    atSecond(1);
    await tryAt(email, { ...home, password: "right" });
    // Two of others are left, so three more are free.
    expect(await triesAt(email, 4, { from: newSource() })).toEqual([...Array(3).fill("looked at"), 1]);
  });
});

describe("who holds a session", () => {
  it("is shut out neither by strangers nor by who shares the address", async () => {
    const email = newEmail("session");
    atSecond(0);
    await setFailures(email, 120);
    expect(await tryAt(email, { sessionId: "s1", password: "right" })).toBe("looked at");
  });

  it("pays for the session's own wrong passwords, wherever they are sent from", async () => {
    const email = newEmail("stolen");
    atSecond(0);
    for (let time = 0; time < 5; time += 1) await tryAt(email, { sessionId: "s1", from: newSource() });
    expect(await tryAt(email, { sessionId: "s1", from: newSource() })).toBe(1);
    expect(await tryAt(email, { sessionId: "s2" })).toBe("looked at");
  });
});

it("no email and no address stands in what is counted", async () => {
  await tryAt("somebody@example.com", { from: "203.0.113.99" });
  const counters = (await readTable()).filter(({ pk }) => pk.startsWith("throttle#"));
  expect(counters.length).toBeGreaterThanOrEqual(4);
  for (const { pk, sk, ...item } of counters) {
    expect(pk).toMatch(/^throttle#(?:account|pair|source|all)#[0-9a-f]{32}$/);
    expect(sk).toMatch(/^(?:failures|window#\d{10})$/);
    expect(JSON.stringify(item)).not.toMatch(/example|203\.0/);
    expect(Number(item["ttl"])).toBeLessThan(5_000_000_000);
  }
});
