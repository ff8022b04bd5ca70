import { expect, it } from "vitest";
import { documentClient } from "./document-client.ts";
import type { DynamoDb } from "./dynamodb.ts";

const refused = Object.assign(new Error("no"), { CancellationReasons: [{ Code: "ConditionalCheckFailed" }] });

it("a transaction tells ElectroDB why it was canceled, in the words of the SDK's version 2", async () => {
  const client = documentClient({ call: async () => Promise.reject(refused) } as DynamoDb);
  const told: string[] = [];
  const request = client.transactWrite({ TransactItems: [] } as never) as unknown as {
    on(event: string, listen: (told: { httpResponse: { body: string } }) => void): void;
    promise(): Promise<unknown>;
  };
  request.on("extractError", ({ httpResponse }) => told.push(httpResponse.body));
  await expect(request.promise()).rejects.toBe(refused);
  expect(told).toEqual(['{"CancellationReasons":[{"Code":"ConditionalCheckFailed"}]}']);
});

it("one that nobody listens to is refused all the same", async () => {
  const client = documentClient({ call: async () => Promise.reject(refused) } as DynamoDb);
  await expect(client.transactGet({ TransactItems: [] } as never).promise()).rejects.toBe(refused);
});

it("a set is a set", () => {
  const client = documentClient({ call: async () => ({}) } as unknown as DynamoDb);
  expect(client.createSet(["a", "a"])).toEqual(new Set(["a"]));
});
