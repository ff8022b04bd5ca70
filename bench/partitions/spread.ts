import { shards } from "../../packages/core/src/event/fact.ts";
import { brakeShards } from "../../packages/core/src/throttle/guess.ts";
import type { Spread } from "./ceilings.ts";

/** Over how many keys core spreads what everybody writes to. */
export function spreadFor(failuresPerMinute: number): Spread {
  return { day: shards, brake: brakeShards(failuresPerMinute) };
}
