import { setTimeout as sleep } from "node:timers/promises";
import { AuthError } from "../error.ts";
import { randomHex } from "../id.ts";

/** What ElectroDB answers for each item of a transaction: it resolves where DynamoDB cancels. */
interface ItemOutcome {
  readonly rejected: boolean;
  readonly code?: string | undefined;
}

interface Outcome {
  readonly canceled: boolean;
  readonly data: readonly ItemOutcome[];
}

interface Transaction {
  go(options: { token: string }): Promise<Outcome>;
}

const attempts = 5;

/**
 * Runs a transaction until DynamoDB decides on it. True where it was written, false where a condition of it
 * does not hold. A collision with another transaction, or throttling, says nothing about the conditions: it
 * is tried again after a growing, random pause (DynamoDB guide, "Transaction conflict handling"). Every try
 * carries the same token, so a try whose answer was lost is not written twice ("Idempotency", 10 minutes).
 *
 * @throws AuthError `unavailable` where five tries in a row collided.
 */
export async function transact(transaction: Transaction): Promise<boolean> {
  const token = randomHex();
  for (let attempt = 1; ; attempt++) {
    const { canceled, data } = await transaction.go({ token });
    if (!canceled) return true;
    const codes = data.filter((item) => item.rejected).map((item) => item.code ?? "None");
    if (codes.includes("ConditionalCheckFailed")) return false;
    if (attempt === attempts) throw new AuthError("unavailable", { cause: `canceled: ${codes.join(", ")}` });
    await sleep(Math.random() * 25 * 2 ** attempt);
  }
}
