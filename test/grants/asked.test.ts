import { expect, it } from "vitest";
import { askedBy } from "./asked.ts";

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "any" } });

it("a call about one item is decided on by its action and that item's partition key", () => {
  expect(askedBy({ operation: "GetItem", body: { Key: key("user#1") } })).toEqual([
    { action: "GetItem", keys: ["user#1"] },
  ]);
  expect(askedBy({ operation: "PutItem", body: { Item: key("stage") } })).toEqual([
    { action: "PutItem", keys: ["stage"] },
  ]);
});

it("a batch is decided on once, by the keys of all of its items", () => {
  const body = { RequestItems: { table: { Keys: [key("email#a"), key("throttle#b")] } } };
  expect(askedBy({ operation: "BatchGetItem", body })).toEqual([
    { action: "BatchGetItem", keys: ["email#a", "throttle#b"] },
  ]);
});

it("a transaction is decided on by the actions of its items, each with the keys of all", () => {
  const body = { TransactItems: [{ Delete: { Key: key("user#1") } }, { Update: { Key: key("email#a") } }] };
  expect(askedBy({ operation: "TransactWriteItems", body })).toEqual([
    { action: "DeleteItem", keys: ["user#1", "email#a"] },
    { action: "UpdateItem", keys: ["user#1", "email#a"] },
  ]);
});

it("a query is decided on by the partition that it is of", () => {
  const body = {
    KeyConditionExpression: "#pk = :pk and begins_with(#sk1, :sk1)",
    ExpressionAttributeNames: { "#pk": "pk", "#sk1": "sk" },
    ExpressionAttributeValues: { ":pk": { S: "user#1" }, ":sk1": { S: "session#" } },
  };
  expect(askedBy({ operation: "Query", body })).toEqual([{ action: "Query", keys: ["user#1"] }]);
  expect(() => askedBy({ operation: "Query", body: { ...body, IndexName: "gsi1" } })).toThrow("index");
});

it("what is no call to the table is none of these, and an unknown one is noticed", () => {
  expect(askedBy({ operation: "SendMessage", body: {} })).toEqual([]);
  expect(() => askedBy({ operation: "Scan", body: {} })).toThrow("Scan");
});
