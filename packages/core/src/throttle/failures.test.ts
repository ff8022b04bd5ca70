import { beforeEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../test/items.ts";
import { withOutage } from "../../test/outages.ts";
import { codeOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { atSecond } from "../../test/session.ts";
import { newEmail } from "../../test/user.ts";
import { withRequest } from "../context.ts";
import { FailuresEntity } from "./failures.entity.ts";
import { type Counter, clear, counterOf, countFailure, reserve, takeBack } from "./failures.ts";
import { forgive } from "./guess.ts";

const week = 7 * 24 * 3600;

let counter: Counter;

beforeEach(() => {
  vi.useRealTimers();
  counter = counterOf("account", newEmail("counted"));
});

const countOf = async ({ who }: Counter) =>
  (await readTable()).find((item) => item["who"] === who)?.["count"];

describe("a wrong password", () => {
  it("is one request", async () => {
    const requests = await requestsOf(() => countFailure(counter));
    expect(requests.map(({ operation }) => operation)).toEqual(["UpdateItem"]);
  });

  it("counts once though the answer to its count was lost and the SDK sent it again", async () => {
    await withOutage(0, "answer", () => countFailure(counter), 1);
    expect(await countOf(counter)).toBe(1);
    await withOutage(0, "answer", () => countFailure(counter), 1);
    expect(await countOf(counter)).toBe(2);
  });

  it("begins anew once those before it are forgotten, and so do ten at once", async () => {
    atSecond(0);
    await FailuresEntity.put({ ...counter, count: 60, lastAt: Date.now(), lastBy: "x", ttl: 1 }).go();
    atSecond(week - 1);
    expect(await countFailure(counter)).toMatchObject({ count: 61 });
    atSecond(2 * week - 1);
    await Promise.all(Array.from({ length: 10 }, () => countFailure(counter)));
    expect(await countOf(counter)).toBe(10);
  });

  it("that cannot be counted is unavailable", async () => {
    await withOutage(0, "request", async () => {
      expect(await codeOf(countFailure(counter))).toBe("unavailable");
    });
  });
});

describe("a try that is counted before it is looked at", () => {
  const lastAt = 1_780_000_000_000;

  beforeEach(async () => {
    atSecond(0);
    await FailuresEntity.put({ ...counter, count: 5, lastAt, lastBy: "x", ttl: 1 }).go();
  });

  it("is one of any number that saw the same", async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => reserve(counter, { count: 5, lastAt })));
    expect(tries.filter(Boolean)).toEqual([{ count: 6, lastAt: Date.now() }]);
    expect(await countOf(counter)).toBe(6);
  });

  it("knows its own mark where the answer was lost", async () => {
    await withOutage(
      0,
      "answer",
      async () => {
        expect(await reserve(counter, { count: 5, lastAt })).toEqual({ count: 6, lastAt: Date.now() });
      },
      1,
    );
    expect(await countOf(counter)).toBe(6);
  });

  it("is refused where the counter has gone meanwhile", async () => {
    await clear(counter, { count: 5, lastAt });
    expect(await reserve(counter, { count: 5, lastAt })).toBeUndefined();
    expect(await countOf(counter)).toBeUndefined();
  });
});

it("no more is taken back than is there", async () => {
  await countFailure(counter);
  await takeBack(counter, 2);
  expect(await countOf(counter)).toBe(1);
  await takeBack(counter, 1);
  expect(await countOf(counter)).toBe(0);
});

it("forgiving that the table does not answer changes nothing and is no failure of the reset", async () => {
  const forgiving = () =>
    withRequest({ requestId: "r", sourceIp: "192.0.2.1" }, () => forgive(newEmail("forgiven")));
  await withOutage(0, "request", async () => {
    expect(await forgiving()).toBeUndefined();
  });
});
