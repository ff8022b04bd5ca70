import { afterEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { failedConditions, transact } from "./transact.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A transaction that is canceled for each of these reasons in turn and then written. */
function transactionOf(...cancellations: readonly (readonly string[])[]) {
  const tokens: string[] = [];
  const go = async ({ token }: { token: string }) => {
    const reasons = cancellations[tokens.length];
    tokens.push(token);
    return { canceled: reasons !== undefined, data: (reasons ?? []).map((code) => ({ code })) };
  };
  return { go, tokens };
}

/** No pause at all, and how often there would have been one. */
function withoutPauses() {
  return vi.spyOn(Math, "random").mockReturnValue(0);
}

describe("a transaction", () => {
  it("that is written is asked for once", async () => {
    const transaction = transactionOf();
    expect(await transact(transaction)).toBe(true);
    expect(transaction.tokens).toHaveLength(1);
  });

  it.each([[["ConditionalCheckFailed", "None"]], [["None", "ConditionalCheckFailed"]]])(
    "whose condition fails is not tried again: %j",
    async (reasons) => {
      const transaction = transactionOf(reasons);
      expect(await transact(transaction)).toBe(false);
      expect(transaction.tokens).toHaveLength(1);
    },
  );

  it("whose condition fails while another item collides has failed", async () => {
    expect(await transact(transactionOf(["TransactionConflict", "ConditionalCheckFailed"]))).toBe(false);
  });

  it.each(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])(
    "canceled by %s is tried again, after a random pause and with the same token",
    async (reason) => {
      const pauses = withoutPauses();
      const transaction = transactionOf(["None", reason], [reason, "None"], [reason, reason]);
      expect(await transact(transaction)).toBe(true);
      expect(transaction.tokens).toHaveLength(4);
      expect(new Set(transaction.tokens).size).toBe(1);
      expect(pauses).toHaveBeenCalledTimes(3);
    },
  );

  it.each([
    [["ConditionalCheckFailed", "None", "None"], [0]],
    [["None", "None", "ConditionalCheckFailed"], [2]],
    [
      ["ConditionalCheckFailed", "TransactionConflict", "ConditionalCheckFailed"],
      [0, 2],
    ],
  ])("canceled by %j has failed by the conditions of its items %j", async (reasons, failed) => {
    expect(await failedConditions(transactionOf(reasons))).toEqual(failed);
  });

  it("that is written in the end has failed by none", async () => {
    withoutPauses();
    expect(await failedConditions(transactionOf(["TransactionConflict", "None"]))).toEqual([]);
  });

  it("learns on a later try that its condition fails", async () => {
    withoutPauses();
    expect(await transact(transactionOf(["TransactionConflict"], ["ConditionalCheckFailed"]))).toBe(false);
  });

  it("that collides five times in a row is unavailable, and the log learns why", async () => {
    const pauses = withoutPauses();
    const transaction = transactionOf(...Array(9).fill(["TransactionConflict", "None"]));
    expect(await refusalOf(transact(transaction))).toMatchObject({
      code: "unavailable",
      cause: { message: "canceled: TransactionConflict, None" },
    });
    expect(transaction.tokens).toHaveLength(5);
    expect(pauses).toHaveBeenCalledTimes(4);
  });

  it.each(["ValidationError", "ItemCollectionSizeLimitExceeded", "SomethingNew"])(
    "canceled by %s is a fault of ours and not tried again",
    async (reason) => {
      const transaction = transactionOf(["TransactionConflict", reason]);
      await expect(transact(transaction)).rejects.toThrow(`canceled: TransactionConflict, ${reason}`);
      expect((await refusalOf(transact(transactionOf([reason])))).code).toBe("internal_error");
      expect(transaction.tokens).toHaveLength(1);
    },
  );

  it("that cannot be asked for throws what was thrown", async () => {
    const failure = new Error("no network");
    await expect(transact({ go: () => Promise.reject(failure) })).rejects.toBe(failure);
  });

  it("has a token of its own", async () => {
    const transactions = Array.from({ length: 10 }, () => transactionOf());
    await Promise.all(transactions.map(transact));
    expect(new Set(transactions.flatMap(({ tokens }) => tokens)).size).toBe(10);
  });
});
