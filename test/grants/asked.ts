import type { Try } from "../../packages/core/test/faulty-transport.ts";

/** What IAM decides on for one item of one call: the action, and the partition keys that the call is about. */
export interface Asked {
  readonly action: string;
  /** The value of `dynamodb:LeadingKeys`, taken as wide as it can be read: of a whole transaction, not of one item. */
  readonly keys: readonly string[];
}

interface Item {
  readonly pk: { readonly S: string };
}

interface Write {
  readonly Item?: Item;
  readonly Key?: Item;
}

/** The decisions of IAM that a call to the table needs; none for a call to another service. */
export function askedBy({ operation, body }: Pick<Try, "operation" | "body">): readonly Asked[] {
  if (body["IndexName"] !== undefined) throw new Error(`${operation} asks an index, which nobody is granted`);
  if (operation === "BatchGetItem") return [{ action: operation, keys: batchKeys(body) }];
  if (operation === "TransactWriteItems") return inTransaction(body);
  if (operation === "Query") return [{ action: operation, keys: [queriedKey(body)] }];
  if (/^(?:Get|Put|Update|Delete)Item$/.test(operation)) return [{ action: operation, keys: [keyOf(body)] }];
  if (/^(?:SendMessage|SendEmail|GetParameter)$/.test(operation)) return [];
  throw new Error(`nothing is known of ${operation}`);
}

/** The actions of a transaction are those of its items (DynamoDB guide, "Using IAM with DynamoDB transactions"). */
function inTransaction(body: Try["body"]): readonly Asked[] {
  const items = (body["TransactItems"] as Readonly<Record<string, Write>>[]).flatMap(Object.entries);
  const keys = items.map(([, write]) => keyOf(write));
  return items.map(([kind]) => ({ action: `${kind}Item`, keys }));
}

function batchKeys(body: Try["body"]): readonly string[] {
  const tables = Object.values(body["RequestItems"] as Readonly<Record<string, { Keys: Item[] }>>);
  return tables.flatMap(({ Keys }) => Keys.map(({ pk }) => pk.S));
}

function queriedKey(body: Try["body"]): string {
  const [, name = "", value = ""] = /(#\w+) = (:\w+)/.exec(String(body["KeyConditionExpression"])) ?? [];
  if ((body["ExpressionAttributeNames"] as Record<string, string>)[name] !== "pk")
    throw new Error("a query that does not begin with its partition key");
  return (body["ExpressionAttributeValues"] as Record<string, { S: string }>)[value]?.S ?? "";
}

function keyOf({ Item, Key }: Write): string {
  const key = Item ?? Key;
  if (!key) throw new Error("an item without a key");
  return key.pk.S;
}
