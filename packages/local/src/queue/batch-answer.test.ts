import { expect, test } from "vitest";
import { failuresIn } from "./batch-answer.ts";

const ids = ["a", "b"];

test.each([
  ["nothing", undefined],
  ["null", null],
  ["an empty object", {}],
  ["a null list", { batchItemFailures: null }],
  ["an empty list", { batchItemFailures: [] }],
])("%s is a success", (_, answer) => {
  expect(failuresIn(answer, ids)).toEqual(new Set());
});

test("the messages that are named failed", () => {
  expect(failuresIn({ batchItemFailures: [{ itemIdentifier: "b" }] }, ids)).toEqual(new Set(["b"]));
});

test.each([
  ["text", "ok"],
  ["a number", 200],
  ["a list", []],
  ["no list", { batchItemFailures: "b" }],
  ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }],
  ["a null identifier", { batchItemFailures: [{ itemIdentifier: null }] }],
  ["another key", { batchItemFailures: [{ messageId: "b" }] }],
  ["null for an item", { batchItemFailures: [null] }],
  [
    "an identifier of no message, beside one",
    { batchItemFailures: [{ itemIdentifier: "b" }, { itemIdentifier: "c" }] },
  ],
])("with %s the whole batch failed", (_, answer) => {
  expect(failuresIn(answer, ids)).toBe("all");
});
