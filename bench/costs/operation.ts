/** What one operation asks for, counted. */
export interface Operation {
  /** The function that does it, as the stacks name it. */
  readonly function: string;
  /** Requests to DynamoDB, by name and in the order of the alphabet. */
  readonly requests: string;
  /** Read request units: consistent, of 4 KB each. */
  readonly reads: number;
  /** Write request units: of 1 KB each, twice in a transaction, and those of the index. */
  readonly writes: number;
  /** As many of those writes are of the index. */
  readonly entries: number;
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
