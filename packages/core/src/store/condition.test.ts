import { describe, expect, it } from "vitest";
import { conditionHolds } from "./condition.ts";

describe("a conditional write", () => {
  it("that was made is one whose condition held", async () => {
    expect(await conditionHolds(Promise.resolve({ data: {} }))).toBe(true);
  });

  it("that DynamoDB refused is one whose condition did not, however deep the refusal is wrapped", async () => {
    const refusal = Object.assign(new Error("the condition failed"), {
      name: "ConditionalCheckFailedException",
    });
    expect(await conditionHolds(Promise.reject(refusal))).toBe(false);
    const wrapped = new Error("outer", { cause: new Error("inner", { cause: refusal }) });
    expect(await conditionHolds(Promise.reject(wrapped))).toBe(false);
  });

  it.each([
    new Error("ThrottlingException"),
    new Error("a", { cause: "ConditionalCheckFailedException" }),
    "text",
  ])("that failed with %s says nothing about its condition", async (failure) => {
    await expect(conditionHolds(Promise.reject(failure))).rejects.toBe(failure);
  });
});
