import { readCounts } from "./costs.ts";
import { rates, scalingTables } from "./partitions/ceilings.ts";
import { demandOf } from "./partitions/everyday.ts";
import { fullAt, loadOf } from "./partitions/heat.ts";
import type { Outcome } from "./partitions/simulate.ts";
import { readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { tableOf } from "./support/table.ts";

/**
 * Which partitions of the table get hot, by core's own requests: in peace, and under three attacks. Then everything that
 * is full at some number of log-ins a second.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { tries, seed, history, failures } = readNumbers(args, {
    tries: 1000,
    seed: 1,
    // A log-in a day, for a year.
    history: 365,
    failures: 1200,
  });
  await import("./support/cheap-hashes.ts");
  await using _ = await openPlace({ FAILURES_PER_MINUTE: `${failures}` });
  const { simulate } = await import("./partitions/simulate.ts");
  const { campaignsFrom } = await import("./partitions/campaigns.ts");
  const { spreadFor } = await import("./partitions/spread.ts");
  const now = Date.now();
  Date.now = () => now;
  console.log(`${tries} tries of each, with seed ${seed}, as if they came in one second\n`);
  for (const outcome of await simulate(campaignsFrom(seed, history), tries))
    console.log(`${tell(outcome)}\n`);
  console.log(scalingTables(demandOf(await readCounts()), spreadFor(failures)));
  return [];
}

/** In percent of what a partition takes in a second: 3,000 reads, or 1,000 writes. */
function tell({ name, refused, reads, writes, indexWrites, heats }: Outcome): string {
  const units = `${reads.toFixed(2)} reads, ${writes.toFixed(2)} writes, ${indexWrites.toFixed(2)} of the index a try`;
  const head = [
    "hottest first",
    "keys",
    "reads a try",
    "writes a try",
    "uneven",
    ...rates.map((rate) => `${rate}/s`),
    "full at",
  ];
  const rows = heats.map((heat) => [
    heat.kind,
    heat.shared > 0 ? `${heat.shared}` : "own",
    heat.reads.toFixed(3),
    heat.writes.toFixed(3),
    heat.unevenness.toFixed(1),
    ...rates.map((rate) => `${(100 * loadOf(heat, rate)).toFixed(1)} %`),
    heat.shared > 0 ? `${Math.round(fullAt(heat))}/s` : "",
  ]);
  const hottest = `Hottest key of the sample: ${heats[0]?.hottest}`;
  return `${name}: ${units}; ${refused} refused\n${hottest}\n\n${tableOf([head, ...rows])}`;
}
