import { setTimeout as sleep } from "node:timers/promises";
import { AuthError } from "../error.ts";
import { randomHex } from "../id.ts";

/** ElectroDB resolves where DynamoDB cancels, with a reason for each item: `None` where another is at fault. */
interface Outcome {
  readonly canceled: boolean;
  readonly data: readonly { readonly code: string }[];
}

interface Transaction {
  go(options: { token: string }): Promise<Outcome>;
}

const attempts = 5;

/** Reasons that pass by themselves. Any other, but a failed condition, is a fault of the request. */
const passing = ["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"];

/**
 * Runs a transaction until DynamoDB decides on it. True where it was written, false where a condition of it
 * does not hold.
 *
 * @throws as `failedConditions` does.
 */
export async function transact(transaction: Transaction): Promise<boolean> {
  return (await failedConditions(transaction)).length === 0;
}

/**
 * Runs a transaction until DynamoDB decides on it, and answers which of its items, counted from 0, have a condition
 * that does not hold: none where it was written. A collision with another transaction, or throttling, says nothing
 * about the conditions: it is tried again after a growing, random pause (DynamoDB guide, "Transaction conflict
 * handling"). Every try carries the same token, so a try whose answer was lost is not written twice ("Idempotency",
 * 10 minutes).
 *
 * @throws AuthError `unavailable` where five tries in a row collided; Error where the request itself is at fault.
 */
export async function failedConditions(transaction: Transaction): Promise<readonly number[]> {
  const token = randomHex();
  for (let attempt = 1; ; attempt++) {
    const { canceled, data } = await transaction.go({ token });
    if (!canceled) return [];
    const codes = data.map((item) => item.code);
    const failed = codes.flatMap((code, index) => (code === "ConditionalCheckFailed" ? [index] : []));
    if (failed.length > 0) return failed;
    const cause = new Error(`canceled: ${codes.join(", ")}`);
    if (!codes.every((code) => code === "None" || passing.includes(code))) throw cause;
    if (attempt === attempts) throw new AuthError("unavailable", { cause });
    await sleep(Math.random() * 25 * 2 ** attempt);
  }
}
