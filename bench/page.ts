import { readFileSync, writeFileSync } from "node:fs";
import { chart } from "./page/chart.ts";
import { filled } from "./page/fill.ts";
import { readResults } from "./support/results.ts";

/** In the order of the chart. */
export const benches = ["cold-start", "warm-paths", "dynamodb-client", "peers", "growth"] as const;

export const page = new URL("../docs/performance.md", import.meta.url);
export const picture = new URL("../docs/performance.svg", import.meta.url);

/** Writes what the benches have measured last into docs/performance.md, and draws docs/performance.svg of it. */
export async function run(): Promise<readonly string[]> {
  writeFileSync(page, filled(readFileSync(page, "utf8"), readResults));
  writeFileSync(picture, chart(benches.flatMap((bench) => readResults(bench)?.figures ?? [])));
  return [];
}
