/** What a service answers that is too busy: its SDK calls these faults of the caller, and they pass by themselves. */
const busy = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/** Whether a service of AWS could not be asked, as opposed to having said no: what names no fault never reached it. */
export function isOutage(error: unknown): boolean {
  const { $fault, name } = error as Error & { $fault?: "client" | "server" };
  return $fault !== "client" || busy.has(name);
}
