/**
 * Which messages of a batch a function says it failed, or "all" where its answer is malformed (Lambda developer guide,
 * "Success and failure conditions" of partial batch responses). Nothing, null and an empty list are a success.
 */
export function failuresIn(answer: unknown, ids: readonly string[]): ReadonlySet<string> | "all" {
  if (answer === undefined || answer === null) return new Set();
  if (typeof answer !== "object" || Array.isArray(answer)) return "all";
  const { batchItemFailures: items } = answer as { batchItemFailures?: unknown };
  if (items === undefined || items === null) return new Set();
  if (!Array.isArray(items)) return "all";
  const failed = items.map((item) => (item as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const isKnown = (id: unknown): id is string => typeof id === "string" && ids.includes(id);
  return failed.every(isKnown) ? new Set(failed) : "all";
}
