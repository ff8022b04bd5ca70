import type { Consumed } from "../../packages/core/test/units.ts";

/** What one operation asks of DynamoDB. */
export interface Asked {
  /** Requests to DynamoDB, by name and in the order of the alphabet. */
  readonly requests: string;
  /** Read request units: consistent, of 4 KB each. */
  readonly reads: number;
  /** Write request units: of 1 KB each, twice in a transaction, and those of the index. */
  readonly writes: number;
  /** As many of those writes are of the index. */
  readonly entries: number;
}

/** What one operation asks for, counted. */
export interface Operation extends Asked {
  /** The function that does it, as the stacks name it. */
  readonly function: string;
  /** Passwords that are hashed. */
  readonly hashes: number;
  /** Of our own lines, metrics included. */
  readonly logBytes: number;
  /** Headers and body. */
  readonly answerBytes: number;
}

/** What is in `counts.json`. */
export interface Counts {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Mean size in bytes of the items of each entity. */
  readonly items: Readonly<Record<string, number>>;
}

export function askedBy(consumed: readonly Consumed[]): Asked {
  const touches = consumed.flatMap((each) => each.touches);
  return {
    // What goes out at a time does so in any order.
    requests: consumed
      .map(({ operation }) => operation)
      .toSorted()
      .join(" "),
    reads: touches.reduce((sum, { reads }) => sum + reads, 0),
    writes: touches.reduce((sum, { writes }) => sum + writes, 0),
    entries: touches.filter(({ partition }) => partition.startsWith("gsi1 ")).length,
  };
}
