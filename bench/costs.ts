import { readFile } from "node:fs/promises";
import { assumptions, standing, stored, usage } from "./costs/model.ts";
import type { Counts } from "./costs/operation.ts";
import { asOf, prices } from "./costs/prices.ts";
import { report } from "./costs/report.ts";
import { readNumbers } from "./support/options.ts";

/**
 * What it costs to run, from list prices and what `counts.json` says that each operation asks for.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  readNumbers(args, {});
  const pages = new Set(Object.values(prices).map(({ page }) => page));
  console.log(`List prices of us-east-1, ${asOf}. Where AWS has them:\n\n${[...pages].join("\n")}\n`);
  const assumed = { assumptions, standing, usage, stored };
  console.log(`Assumed, not measured\n\n${JSON.stringify(assumed, null, 2)}\n`);
  console.log(report(await readCounts()));
  return [];
}

/** What was counted of every operation. */
export async function readCounts(): Promise<Counts> {
  return JSON.parse(await readFile(new URL("costs/counts.json", import.meta.url), "utf8")) as Counts;
}
