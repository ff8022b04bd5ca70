import { table as shape } from "@gatehouse/contract";
import { client, storage } from "./client.ts";

/** An item as it lies in the table, with its keys. */
export type RawItem = Readonly<Record<string, unknown>>;

const { partitionKey, sortKey } = shape;

/** What the table and ElectroDB add to an item. */
const addedToItems = /^(?:pk|sk|gsi\d+pk|gsi\d+sk|__edb_.*__)$/;

/** The attributes of an item, without what the table needs and nobody asks for. */
export function attributesOf(item: RawItem): RawItem {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !addedToItems.test(name)));
}

/** Everything in one partition, of whatever entity, read consistently. */
export async function readPartition(partition: string): Promise<readonly RawItem[]> {
  const items: RawItem[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.call("Query", {
      TableName: storage.table,
      KeyConditionExpression: "#pk = :pk",
      ExpressionAttributeNames: { "#pk": partitionKey },
      ExpressionAttributeValues: { ":pk": partition },
      ConsistentRead: true,
      ExclusiveStartKey: after,
    });
    items.push(...(page.Items ?? []));
    after = page.LastEvaluatedKey;
  } while (after);
  return items;
}

/** Deletes items, whether or not they are still there. */
export async function deleteItems(items: readonly RawItem[]): Promise<void> {
  const keyOf = (item: RawItem) => ({ [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] });
  await Promise.all(
    items.map((item) => client.call("DeleteItem", { TableName: storage.table, Key: keyOf(item) })),
  );
}
