import type { Touch } from "../../packages/core/test/units.ts";

/** What one partition can take in a second (DynamoDB guide, "Burst and adaptive capacity"). */
export const partitionLimit = { reads: 3000, writes: 1000 } as const;

/** What a try asks of the partitions of one kind, for example of all counters of the brake. */
export interface Heat {
  readonly kind: string;
  /** The key of the kind that had most in this sample. */
  readonly hottest: string;
  /** How many of the kind there are that more than one try touched; 0 where each try has its own. */
  readonly shared: number;
  /** Units a try, on each of those alike, or at the most on a try's own. */
  readonly reads: number;
  readonly writes: number;
  /** How much more the hottest one had in this sample. Chance, which many tries even out, or a key that is not spread. */
  readonly unevenness: number;
}

interface Sum {
  reads: number;
  writes: number;
  readonly tries: Set<number>;
}

/**
 * Adds up what tries touched. A partition that two tries share gets hotter with their number; one that a single try
 * touches does not, however many come. With fewer tries than there are keys of a kind, the few that two of them meet at
 * look hotter than they are.
 *
 * @param tries what each of them touched.
 */
export function heatOf(tries: readonly (readonly Touch[])[]): readonly Heat[] {
  const sums = new Map<string, Sum>();
  for (const [number, touches] of tries.entries()) {
    for (const { partition, reads, writes } of touches) {
      const sum = sums.get(partition) ?? { reads: 0, writes: 0, tries: new Set() };
      sums.set(partition, sum);
      sum.reads += reads;
      sum.writes += writes;
      sum.tries.add(number);
    }
  }
  const kinds = Map.groupBy(sums, ([partition]) => kindOf(partition));
  const heats = [...kinds].map(([kind, partitions]) => heatIn(kind, new Map(partitions), tries.length));
  return heats.toSorted((a, b) => loadOf(b, 100_000) - loadOf(a, 100_000) || (a.kind < b.kind ? -1 : 1));
}

function heatIn(kind: string, partitions: ReadonlyMap<string, Sum>, tries: number): Heat {
  const [[hottest, highest]] = [...partitions].toSorted(([, a], [, b]) => partOf(b) - partOf(a)) as [
    [string, Sum],
  ];
  const shared = [...partitions.values()].filter((sum) => sum.tries.size > 1);
  if (shared.length === 0) {
    const { reads, writes } = highest;
    return { kind, hottest, shared: 0, reads, writes, unevenness: 1 };
  }
  const mean = (unit: "reads" | "writes") =>
    shared.reduce((total, sum) => total + sum[unit], 0) / shared.length;
  const means = { reads: mean("reads"), writes: mean("writes") };
  return {
    kind,
    hottest,
    shared: shared.length,
    reads: means.reads / tries,
    writes: means.writes / tries,
    unevenness: partOf(highest) / partOf(means),
  };
}

/** The part that units are of what a partition takes in a second, by whichever there are more of. */
function partOf({ reads, writes }: Pick<Sum, "reads" | "writes">): number {
  return Math.max(reads / partitionLimit.reads, writes / partitionLimit.writes);
}

/** The part of its limit that a partition of a kind is used at, at so many tries a second. 1 is all of it. */
export function loadOf(heat: Heat, triesPerSecond: number): number {
  return partOf(heat) * (heat.shared > 0 ? triesPerSecond : 1);
}

/** At how many tries a second the partitions of a kind are full; endless where each try has its own. */
export function fullAt(heat: Heat): number {
  return heat.shared > 0 ? 1 / partOf(heat) : Number.POSITIVE_INFINITY;
}

/** A partition key without whose it is. */
function kindOf(partition: string): string {
  return partition
    .replace(/^(gsi1 day)#.*/, "$1#…#shard")
    .replace(/^(throttle#\w+|user|email|unknown|idempotency)#.*/, "$1#…");
}
