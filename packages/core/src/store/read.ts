import { AuthError } from "../error.ts";
import { client, storage } from "./client.ts";

type Key = Readonly<Record<string, unknown>>;

type Found<Items extends readonly object[]> = { [Index in keyof Items]: Items[Index] | undefined };

/**
 * Reads one item as it is now, with its keys.
 *
 * @throws AuthError `unavailable`.
 */
export async function readItem<Item extends object>(key: Key): Promise<Item | undefined> {
  const { Item } = await client.call("GetItem", {
    TableName: storage.table,
    Key: key,
    ConsistentRead: true,
  });
  return Item as Item | undefined;
}

/**
 * Reads items of several entities in one consistent request, in the order of their keys. Where DynamoDB leaves one
 * out for the moment, that is an outage and not an absence (DynamoDB API, BatchGetItem, UnprocessedKeys).
 *
 * @throws AuthError `unavailable`.
 */
export async function readTogether<Items extends readonly object[]>(
  ...keys: { [Index in keyof Items]: Key }
): Promise<Found<Items>> {
  const { table } = storage;
  const { Responses, UnprocessedKeys } = await client.call("BatchGetItem", {
    RequestItems: { [table]: { Keys: [...keys], ConsistentRead: true } },
  });
  if (UnprocessedKeys?.[table])
    throw new AuthError("unavailable", { cause: "DynamoDB left keys unprocessed" });
  const items = Responses?.[table] ?? [];
  const find = (key: Key) =>
    items.find((item) => Object.entries(key).every(([name, value]) => item[name] === value));
  return keys.map(find) as Found<Items>;
}
