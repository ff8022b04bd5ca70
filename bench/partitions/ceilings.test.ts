import "../../test/environment.ts";
import { readFileSync } from "node:fs";
import { limits } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { readCounts } from "../costs.ts";
import { ceilingsOf, scalingTables } from "./ceilings.ts";
import { demandOf } from "./everyday.ts";
import { spreadFor } from "./spread.ts";

const page = readFileSync(new URL("../../docs/scaling.md", import.meta.url), "utf8");
const spread = spreadFor(limits.password.allPerMinute);

it("the tables of docs/scaling.md are those that the bench prints", async () => {
  const [, told] = /<!-- scaling: begin -->\n\n([\s\S]*?)\n<!-- scaling: end -->/.exec(page) ?? [];
  // Where this fails on purpose: npm run bench -- simulate-partitions, and its last tables between the two marks.
  expect(told).toBe(scalingTables(demandOf(await readCounts()), spread));
});

it("what breaks first is what the page says: our gateway, then quotas, then the keys that everybody writes to", async () => {
  const ceilings = ceilingsOf(demandOf(await readCounts()), spread);
  expect(ceilings[0]).toMatchObject({ what: "`POST /login` at the gateway", fullAt: 100 });
  const between = (from: number, to: number) =>
    ceilings.filter(({ fullAt }) => fullAt > from && fullAt <= to).map(({ what }) => what);
  expect(between(1_000, 10_000)).toContain("the quota of the gateway");
  expect(between(10_000, 100_000)).toContain("the brake's 10 counters");
  expect(between(100_000, Number.POSITIVE_INFINITY)).toEqual(["the day's 128 partitions"]);
});

it("the page says how far other numbers of partitions would carry", async () => {
  const demand = demandOf(await readCounts());
  const full = (day: number) =>
    ceilingsOf(demand, { ...spread, day }).find(({ what }) => what.startsWith("the day's"))?.fullAt ?? 0;
  expect([16, 64, 128].map((day) => Number(full(day).toPrecision(2)))).toEqual([15_000, 61_000, 120_000]);
  for (const said of ["full at 15,000", "61,000", "120,000"]) expect(page).toContain(said);
});
