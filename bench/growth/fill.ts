import { storage } from "../../packages/core/src/store/client.ts";
import type { DynamoDb } from "../../packages/core/src/store/dynamodb.ts";
import { copyOf, type Identity, type Item, identityOf, itemsOf, type Person } from "./copies.ts";
import type { Table } from "./tables.ts";

/** The most that one request may write (DynamoDB API, BatchWriteItem). */
const itemsARequest = 25;

/** While the database writes, the next request is made; more would be no faster. */
const requestsAtOnce = 2;

/** Adds copies of a person to a table until it has so many. */
export async function fill(table: Table, person: Person, people: number): Promise<void> {
  const write = async () => {
    let items: Item[] = [];
    while (table.people < people) {
      table.people += 1;
      items.push(...itemsOf(await copyOf(person, identityOf(table.people - 1))));
      while (items.length >= itemsARequest) {
        await putAll(table, items.slice(0, itemsARequest));
        items = items.slice(itemsARequest);
      }
    }
    if (items.length > 0) await putAll(table, items);
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, write));
}

/** Puts a copy where one with this identity was. */
export async function put(table: Table, person: Person, identity: Identity): Promise<void> {
  await putAll(table, itemsOf(await copyOf(person, identity)));
}

async function putAll({ client }: { client: DynamoDb }, items: readonly Item[]): Promise<void> {
  const requests = items.map((item) => ({ PutRequest: { Item: { ...item } } }));
  const { UnprocessedItems = {} } = await client.call("BatchWriteItem", {
    RequestItems: { [storage.table]: requests },
  });
  if (Object.keys(UnprocessedItems).length > 0) throw new Error("the database left items unwritten");
}
