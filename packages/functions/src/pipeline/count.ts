import { writeCounts } from "../write-counts.ts";
import { countersOf, type Outcome } from "./counters.ts";

/** Writes what a request adds to the counters, if it adds to any. */
export function count(outcome: Outcome): void {
  const names = countersOf(outcome);
  if (names.length > 0) writeCounts(names);
}
