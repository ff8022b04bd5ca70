/**
 * The shape of the one DynamoDB table: what the stack deploys, the local database creates and core's
 * entities are written for. All key attributes are strings.
 */
export const table = {
  partitionKey: "pk",
  sortKey: "sk",
  indexes: { gsi1: { partitionKey: "gsi1pk", sortKey: "gsi1sk" } },
  /** A Number of epoch seconds (DynamoDB guide, "Using time to live"). Nothing relies on expiry happening. */
  timeToLive: "ttl",
} as const;
