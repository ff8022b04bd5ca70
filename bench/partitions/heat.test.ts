import { expect, it } from "vitest";
import { fullAt, type Heat, heatOf, loadOf } from "./heat.ts";

const touch = (partition: string, reads: number, writes: number) => ({ partition, sort: "", reads, writes });

it("a partition that tries share gets hotter with their number, one that each has for itself does not", () => {
  const tries = [1, 2, 3, 4].map((number) => [
    touch(`user#${number}`, 2, 10),
    touch(`throttle#all#${number % 2}`, 3, 0),
  ]);
  const [brake, user] = heatOf(tries);
  expect(brake).toMatchObject({ kind: "throttle#all#…", shared: 2, reads: 1.5, writes: 0, unevenness: 1 });
  expect(user).toMatchObject({ kind: "user#…", shared: 0, reads: 2, writes: 10, unevenness: 1 });
  // 3,000 reads, or 1,000 writes, a second are all of it.
  expect([1000, 2000].map((rate) => loadOf(brake as Heat, rate))).toEqual([0.5, 1]);
  expect([1000, 2000].map((rate) => loadOf(user as Heat, rate))).toEqual([0.01, 0.01]);
  expect([brake, user].map((heat) => fullAt(heat as Heat))).toEqual([2000, Number.POSITIVE_INFINITY]);
});

it("tells by how much the hottest of a kind stands out", () => {
  const tries = ["a", "a", "a", "b", "b"].map((shard) => [touch(`gsi1 day#2026-11-28#${shard}`, 0, 1)]);
  const hottest = "gsi1 day#2026-11-28#a";
  expect(heatOf(tries)).toEqual([
    { kind: "gsi1 day#…#shard", hottest, shared: 2, reads: 0, writes: 0.5, unevenness: 1.2 },
  ]);
});
