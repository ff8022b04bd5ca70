import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readCounts } from "../costs.ts";
import { assumptions, stored, usage } from "./model.ts";
import { asOf, prices } from "./prices.ts";
import { report } from "./report.ts";

const page = readFileSync(new URL("../../docs/operations/costs.md", import.meta.url), "utf8");

it("the tables of docs/operations/costs.md are those that the bench prints", async () => {
  const [, told] = /<!-- costs: begin -->\n\n([\s\S]*?)\n<!-- costs: end -->/.exec(page) ?? [];
  // Where this fails on purpose: npm run bench -- costs, and its tables between the two marks.
  expect(told).toBe(report(await readCounts()));
});

it("the page tells the day of the prices and what is assumed", () => {
  for (const number of [assumptions.requestMs, assumptions.hashMs, stored.eventMonths, stored.accounts])
    expect(page).toContain(` ${number} `);
  expect(page).toContain(asOf);
  expect(page).toContain(`${usage["refresh"]} refreshes`);
});

it("every price names a page of AWS", () => {
  for (const { page, dollars } of Object.values(prices)) {
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/$/);
    expect(dollars).toBeGreaterThan(0);
  }
});
