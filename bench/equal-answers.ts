import { BrokenPromise } from "./support/broken-promise.ts";
import { blockedLogIns, logIns, type Prepare, registrations, resets } from "./support/comparisons.ts";
import { differencesOf } from "./support/differences.ts";
import { type House, startHouse } from "./support/house.ts";
import { machine } from "./support/machine.ts";
import { type Ask, measure, type Samples } from "./support/measure.ts";
import { readNumbers } from "./support/options.ts";
import { loopback } from "./support/sources.ts";
import { ratioOfMedians } from "./support/statistics.ts";
import { tableOf } from "./support/table.ts";

/**
 * As a stage in production is set: there an unverified account is told no better than a wrong password. But a thousand
 * wrong passwords in some minutes are what the brake is for.
 */
const settings = { CONCEAL_ACCOUNTS: "true", FAILURES_PER_MINUTE: "1000000" };

/** Every function has started, and its code is compiled, before anything counts. Even, as are those that count. */
const warmUpRounds = 10;

/**
 * Whether an answer, or the time it takes, tells who has an account. It judges the answers; the times are for the reader.
 *
 * @returns a line for each difference between answers that should be alike.
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { samples } = readNumbers(args, { samples: 250 });
  const rounds = samples + (samples % 2);
  await using house = await startHouse(settings);
  console.log(`Medians of interleaved samples, each to the first of its route; ${machine()}`);
  let sent = 0;
  const ask: Ask = async (what, body) => {
    // The worker that does the job of the sample before would compute beside this one.
    await house.idle();
    return house.send(what, { from: loopback("samples", sent++), body });
  };
  const differences: string[] = [];
  for (const prepare of [logIns, registrations, resets, blockedLogIns]) {
    differences.push(...(await compare(prepare, house, ask, rounds)));
  }
  return differences;
}

async function compare(prepare: Prepare, house: House, ask: Ask, rounds: number): Promise<readonly string[]> {
  try {
    await measure(await prepare(house, ask, warmUpRounds), ask);
    const comparison = await prepare(house, ask, rounds);
    const samples = await measure(comparison, ask);
    const differences = differencesOf(comparison.what, samples);
    console.log(`\n${tableOf(rowsOf(comparison.what, samples))}`);
    console.log(`  ${differences.length === 0 ? "alike" : "NOT alike"} in status, headers and body`);
    return differences;
  } catch (error) {
    if (error instanceof BrokenPromise) return [error.message];
    throw error;
  }
}

function rowsOf(what: string, samples: readonly Samples[]): readonly (readonly string[])[] {
  const base = samples[0]?.milliseconds ?? [];
  const rows = samples.map(({ name, milliseconds, traces }) => {
    const statuses = new Set([...traces].map((trace) => trace.split("\n")[0]));
    const { ratio, low, high } = ratioOfMedians(milliseconds, base);
    const interval = milliseconds === base ? "" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
    return [`  ${name}`, [...statuses].join(", "), ratio.toFixed(3), interval, String(milliseconds.length)];
  });
  return [[what, "status", "median", "95 %", "samples"], ...rows];
}
