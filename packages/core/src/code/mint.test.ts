import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { itemOf, itemsOf, putItem } from "../../test/items.ts";
import { atSecond, start } from "../../test/session.ts";
import { newId } from "../id.ts";
import { purposes } from "./code.entity.ts";
import * as Code from "./index.ts";

beforeEach(() => atSecond(0));

afterEach(() => {
  vi.useRealTimers();
});

const email = "Anna@example.com";

function somebody() {
  return { userId: newId(), epoch: 3 };
}

function mint(person = somebody(), jobId = newId(), purpose: Code.Purpose = "verify_email") {
  return Code.mint(purpose, person, { email, jobId });
}

describe("a code", () => {
  it.each(purposes)("for %s lies with its person, as the released shape of it", async (purpose) => {
    const person = somebody();
    const jobId = newId();
    const code = await mint(person, jobId, purpose);
    expect(await itemsOf(person.userId)).toEqual([
      {
        pk: `user#${person.userId}`,
        sk: `code#${purpose}`,
        ...code,
        __edb_e__: "code",
        __edb_v__: "1",
      },
    ]);
    expect(code).toEqual({
      userId: person.userId,
      purpose,
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      jobId,
      email,
      epoch: 3,
      tries: 0,
      typedExpiresAt: start + 600,
      expiresAt: start + { verify_email: 86_400, reset_password: 3600, change_email: 86_400 }[purpose],
      asked: 1,
      hourEndsAt: start + 3600,
      createdAt: start,
      ttl: Math.max(start + 3600, Number(code?.expiresAt)),
    });
  });

  it("has times of whole seconds, also in the middle of one", async () => {
    atSecond(0.999);
    const { typedExpiresAt, expiresAt, hourEndsAt, createdAt, ttl } = (await mint()) ?? {};
    for (const time of [typedExpiresAt, expiresAt, hourEndsAt, createdAt, ttl])
      expect(Number.isInteger(time)).toBe(true);
    expect(createdAt).toBe(start);
  });

  it("is the same for the same job, as long as the hour lasts", async () => {
    const person = somebody();
    const jobId = newId();
    const code = await mint(person, jobId);
    atSecond(3599);
    expect(await mint(person, jobId)).toMatchObject({ ...code });
    expect(await itemsOf(person.userId)).toMatchObject([{ asked: 1, nonce: code?.nonce }]);
  });

  it("is one for twenty deliveries of a job at a time", async () => {
    const person = somebody();
    const jobId = newId();
    const codes = await Promise.all(Array.from({ length: 20 }, () => mint(person, jobId)));
    expect(new Set(codes.map((code) => code?.nonce)).size).toBe(1);
    expect(await itemOf(person.userId, "code#verify_email")).toMatchObject({ asked: 1 });
  });

  it("asked for by another job takes the place of the one before, with tries of its own", async () => {
    const person = somebody();
    const first = await mint(person);
    for (let time = 0; time < 5; time += 1)
      await Code.readTyped("verify_email", person.userId, "no").catch(() => undefined);
    atSecond(60);
    const jobId = newId();
    const second = await mint({ ...person, epoch: 4 }, jobId);
    expect(second).toMatchObject({
      jobId,
      epoch: 4,
      tries: 0,
      asked: 2,
      typedExpiresAt: start + 660,
      expiresAt: start + 86_460,
      hourEndsAt: start + 3600,
      createdAt: start + 60,
      ttl: start + 86_460,
    });
    expect(second?.nonce).not.toBe(first?.nonce);
    expect(await itemsOf(person.userId)).toMatchObject([{ ...second }]);
  });

  it("that replaces another is the same for its own job, delivered twice", async () => {
    const person = somebody();
    await mint(person);
    const jobId = newId();
    const second = await mint(person, jobId);
    expect(await mint(person, jobId)).toMatchObject({ ...second });
    expect(await itemOf(person.userId, "code#verify_email")).toMatchObject({ asked: 2 });
  });

  it("lasts in the table at least as long as the hour it is counted in", async () => {
    const code = await mint(somebody(), newId(), "reset_password");
    expect(code?.ttl).toBe(start + 3600);
    atSecond(1800);
    const person = somebody();
    await mint(person, newId(), "reset_password");
    atSecond(1801);
    const second = await mint(person, newId(), "reset_password");
    expect(second).toMatchObject({ expiresAt: start + 5401, ttl: start + 5401 });
  });
});

describe("a person is mailed", () => {
  it("at most ten codes an hour for one purpose, of twenty asked for at a time, and the newest of them works", async () => {
    const person = somebody();
    const codes = await Promise.all(Array.from({ length: 20 }, () => mint(person)));
    const made = codes.filter((code) => code !== undefined);
    expect(made.length).toBeLessThanOrEqual(10);
    const stored = await itemOf(person.userId, "code#verify_email");
    expect(stored["asked"]).toBe(made.length);
    const newest = made.toSorted((a, b) => (a.jobId < b.jobId ? 1 : -1))[0];
    expect(stored["nonce"]).toBe(newest?.nonce);
  });

  it("none after ten until the hour is over, to the second, and the newest keeps working", async () => {
    const person = somebody();
    const codes = [];
    for (let time = 0; time < 10; time += 1) {
      atSecond(time);
      codes.push(await mint(person));
    }
    const newest = codes[9] as Code.CodeItem;
    atSecond(3599);
    expect(await mint(person)).toBeUndefined();
    expect(await Code.readLink("verify_email", await Code.linkToken(newest))).toMatchObject({ ...newest });
    atSecond(3600);
    expect(await mint(person)).toMatchObject({ asked: 1, hourEndsAt: start + 7200 });
  });

  it("as many of the other purposes, and other people too", async () => {
    const person = somebody();
    for (let time = 0; time < 11; time += 1) await mint(person);
    expect(await mint(person)).toBeUndefined();
    expect(await mint(person, newId(), "reset_password")).toMatchObject({ asked: 1 });
    expect(await mint(person, newId(), "change_email")).toMatchObject({ asked: 1 });
    expect(await mint()).toMatchObject({ asked: 1 });
  });
});

describe("a job that a newer one has overtaken", () => {
  it("replaces nothing, delivered late or again", async () => {
    const person = somebody();
    const [older, newer] = [newId(), newId()];
    await mint(person, older);
    const code = await mint(person, newer);
    expect(await mint(person, older)).toBeUndefined();
    expect(await itemOf(person.userId, "code#verify_email")).toMatchObject({ ...code, asked: 2 });
  });

  it("replaces nothing when the hour is over either", async () => {
    const person = somebody();
    const older = newId();
    const code = await mint(person, newId());
    atSecond(3600);
    expect(await mint(person, older)).toBeUndefined();
    expect(await itemOf(person.userId, "code#verify_email")).toMatchObject({ ...code });
  });

  it("nor does one whose own code was called off in the last second of the hour", async () => {
    const person = somebody();
    const jobId = newId();
    await mint(person, jobId, "change_email");
    await putItem({
      ...(await itemOf(person.userId, "code#change_email")),
      expiresAt: start + 3599,
      typedExpiresAt: start + 3599,
    });
    atSecond(3779);
    expect(await mint(person, jobId, "change_email")).toBeUndefined();
  });
});
