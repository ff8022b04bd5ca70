import { config } from "../src/config.ts";
import { client } from "../src/store/client.ts";

/** An item as it lies in the table, keys and all. */
export type StoredItem = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** Everything in this test file's table. */
export async function readTable(): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.call("Scan", {
      TableName: config().tableName,
      ExclusiveStartKey: after,
      ConsistentRead: true,
    });
    items.push(...((page.Items ?? []) as StoredItem[]));
    after = page.LastEvaluatedKey;
  } while (after);
  return items;
}

/** All that there is of this user: their partition, and whatever else carries their id. */
export async function itemsOf(userId: string): Promise<readonly StoredItem[]> {
  const items = await readTable();
  return items.filter((item) => item["userId"] === userId || item.pk === `user#${userId}`);
}

/** What is true of this user now: all but the record of what happened to them. */
export async function stateOf(userId: string): Promise<readonly StoredItem[]> {
  return (await itemsOf(userId)).filter(isState);
}

/** What is true of everybody now: the table but for what is recorded and counted of those who come. */
export async function readState(): Promise<readonly StoredItem[]> {
  return (await readTable()).filter(isState);
}

function isState(item: StoredItem): boolean {
  return !["event", "mark", "throttle", "failures"].includes(String(item["__edb_e__"]));
}

/** The one item of a user with this sort key, for example `profile`. */
export async function itemOf(userId: string, sk: string): Promise<StoredItem> {
  const item = (await itemsOf(userId)).find((candidate) => candidate.sk === sk);
  if (!item) throw new Error(`user ${userId} has no item ${sk}`);
  return item;
}

/** Writes an item behind the back of the code under test. */
export async function putItem(item: StoredItem): Promise<void> {
  await client.call("PutItem", { TableName: config().tableName, Item: item });
}

export async function deleteItem({ pk, sk }: StoredItem): Promise<void> {
  await client.call("DeleteItem", { TableName: config().tableName, Key: { pk, sk } });
}
