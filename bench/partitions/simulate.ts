import { onConsumed, type Touch } from "../../packages/core/test/units.ts";
import type { Campaign } from "./campaigns.ts";
import { type Heat, heatOf } from "./heat.ts";

/** What came of one campaign. */
export interface Outcome {
  readonly name: string;
  readonly refused: number;
  /** Units a try, of the table and of its index. */
  readonly reads: number;
  readonly writes: number;
  readonly indexWrites: number;
  /** The hottest kind of partition first. */
  readonly heats: readonly Heat[];
}

/**
 * Makes so many tries of each campaign, one after the other, and tells which partitions they would heat if they came in
 * one second. The clock should stand still: a minute that ends meanwhile opens the brake again.
 */
export async function simulate(campaigns: readonly Campaign[], tries: number): Promise<readonly Outcome[]> {
  let touched: Touch[] = [];
  onConsumed(({ touches }) => touched.push(...touches));
  const outcomes: Outcome[] = [];
  for (const campaign of campaigns) {
    await campaign.prepare(tries);
    const all: (readonly Touch[])[] = [];
    let refused = 0;
    for (let number = 0; number < tries; number++) {
      touched = [];
      await campaign.attempt(number).catch((error: { code?: string }) => {
        if (!/^(?:invalid_credentials|too_many_requests)$/.test(String(error.code))) throw error;
        if (error.code === "too_many_requests") refused += 1;
      });
      all.push(touched);
    }
    const { name } = campaign;
    outcomes.push({ name, refused, ...unitsOf(all.flat(), tries), heats: heatOf(all) });
  }
  return outcomes;
}

function unitsOf(
  touches: readonly Touch[],
  tries: number,
): Pick<Outcome, "reads" | "writes" | "indexWrites"> {
  const sum = (of: (touch: Touch) => number) =>
    touches.reduce((total, touch) => total + of(touch), 0) / tries;
  const isIndex = ({ partition }: Touch) => partition.startsWith("gsi1 ");
  return {
    reads: sum(({ reads }) => reads),
    writes: sum((touch) => (isIndex(touch) ? 0 : touch.writes)),
    indexWrites: sum((touch) => (isIndex(touch) ? touch.writes : 0)),
  };
}
