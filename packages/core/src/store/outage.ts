/**
 * A write of one item that somebody else's transaction is about. It passes by itself, and the SDK does not know that
 * (DynamoDB guide, "Transaction conflict handling").
 */
export const transactionConflict = "TransactionConflictException";

const outages = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  transactionConflict,
  "TransactionInProgressException",
]);

/** Whether the table could not be asked, as opposed to having said no: what names no fault never reached it. */
export function isOutage(error: unknown): boolean {
  const { $fault, name } = error as Error & { $fault?: "client" | "server" };
  return $fault !== "client" || outages.has(name);
}
