/** What stands on the page about speed is what was measured last, and no hand has made it nicer. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chart } from "./page/chart.ts";
import { filled } from "./page/fill.ts";
import { benches, page, picture } from "./page.ts";
import type { Figure } from "./support/report.ts";
import { aimOf, readResults } from "./support/results.ts";

it("docs/performance.md and its picture have the committed figures: npm run bench -- page", () => {
  const text = readFileSync(page, "utf8");
  expect(filled(text, readResults)).toBe(text);
  for (const bench of benches) expect(text).toContain(`<!-- of ${bench} -->`);
  const figures = benches.flatMap((bench) => readResults(bench)?.figures ?? []);
  expect(chart(figures)).toBe(readFileSync(picture, "utf8"));
});

const reached: Figure = { name: "a & b", value: 12, unit: "ms", of: "c < d", ratio: 1.2, wanted: "<= 1.5" };
const missed: Figure = { name: "e", value: 0.5, unit: "requests a second", wanted: ">= 1" };
const free: Figure = { name: "f", value: 3, unit: "MB" };

describe("what is wanted of a figure", () => {
  it.each([
    [reached, { measured: 1.2, limit: 1.5, isMost: true, isReached: true }],
    [missed, { measured: 0.5, limit: 1, isMost: false, isReached: false }],
    [free, undefined],
    [{ ...free, wanted: "about 1" }, undefined],
  ])("%j is read", (figure, aim) => {
    expect(aimOf(figure)).toEqual(aim);
  });

  it("stands in the table, and that it was not reached", () => {
    const results = { how: "Ten", machine: "Node", figures: [reached, missed, free] };
    const text = filled("before\n<!-- of x -->\nold\n<!-- end -->\nafter", () => results);
    expect(text).toContain("| a & b | 12 ms | 1.2 of c < d | at most 1.5 |\n");
    expect(text).toContain(
      "| e | 0.5 requests a second |  | at least 1, **not reached** |\n| f | 3 MB |  |  |\n<!-- end -->\nafter",
    );
    expect(text).not.toContain("old");
    expect(filled(text, () => undefined)).toBe(text);
  });

  it("is the line of the chart, and what has none is not in it", () => {
    const svg = chart([reached, missed, free]);
    expect(svg.match(/<rect class="reached"/g)).toHaveLength(1);
    expect(svg.match(/<rect class="missed"/g)).toHaveLength(1);
    expect(svg).toContain("a &amp; b : c &lt; d");
  });
});
