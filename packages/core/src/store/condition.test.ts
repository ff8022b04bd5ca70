import { describe, expect, it } from "vitest";
import { conditionHolds, outcomeOf } from "./condition.ts";

function refusal(Item?: Record<string, unknown>): Error {
  const error = new Error("the condition failed");
  return Object.assign(error, { name: "ConditionalCheckFailedException", ...(Item && { Item }) });
}

function wrapped(error: Error): Error {
  return new Error("outer", { cause: new Error("inner", { cause: error }) });
}

const endless = new Error("endless");
endless.cause = new Error("and back", { cause: endless });

const failures = [
  new Error("ThrottlingException"),
  new Error("a", { cause: "ConditionalCheckFailedException" }),
  endless,
  "text",
];

describe("a conditional write", () => {
  it("that was made is one whose condition held", async () => {
    expect(await conditionHolds(Promise.resolve({ data: {} }))).toBe(true);
  });

  it("that DynamoDB refused is one whose condition did not, however deep the refusal is wrapped", async () => {
    expect(await conditionHolds(Promise.reject(refusal()))).toBe(false);
    expect(await conditionHolds(Promise.reject(wrapped(refusal())))).toBe(false);
  });

  it.each(failures)("that failed with %s says nothing about its condition", async (failure) => {
    await expect(conditionHolds(Promise.reject(failure))).rejects.toBe(failure);
  });
});

describe("the outcome of a conditional write", () => {
  it("that was made is its result", async () => {
    expect(await outcomeOf(Promise.resolve("result"))).toEqual({ made: true, result: "result" });
  });

  it("that was not is what stood in its way", async () => {
    const Item = { pk: { S: "user#1" }, generation: { N: "7" }, roles: { L: [{ S: "member" }] } };
    const found = { pk: "user#1", generation: 7, roles: ["member"] };
    expect(await outcomeOf(Promise.reject(wrapped(refusal(Item))))).toEqual({ made: false, found });
  });

  it("that was not because nothing stood there is nothing", async () => {
    expect(await outcomeOf(Promise.reject(refusal()))).toEqual({ made: false, found: undefined });
  });

  it.each(failures)("that nobody knows is the failure: %s", async (failure) => {
    await expect(outcomeOf(Promise.reject(failure))).rejects.toBe(failure);
  });
});
