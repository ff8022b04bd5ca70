/** One operation, done once. */
export interface Sample {
  /** CPU of this process, in milliseconds: gateway, authorizer and function. The database has a process of its own. */
  readonly cpu: number;
  /** On the clock, in milliseconds, the database included. */
  readonly wall: number;
  /** The requests to DynamoDB, by name and in the order of the alphabet. */
  readonly requests: string;
  /** What they consumed, in request units. */
  readonly units: string;
}

/** By operation, a sample for each round. */
export type Samples = Map<string, Sample[]>;

/** The same rounds with few people in the table, and by turns with many. */
export interface Stage {
  readonly people: number;
  readonly few: Samples;
  readonly many: Samples;
}
