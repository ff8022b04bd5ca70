import { client } from "../src/store/client.ts";

/** What one request consumed of one item, or of one entry of the index, in DynamoDB's request units. */
export interface Touch {
  /** The partition key, of the table or with its name before it of the index. */
  readonly partition: string;
  /** The sort key; the beginning of several where a query read them. */
  readonly sort: string;
  readonly reads: number;
  readonly writes: number;
}

/** One request to DynamoDB. */
export interface Consumed {
  readonly operation: string;
  readonly touches: readonly Touch[];
}

interface Key {
  readonly pk: string;
  readonly sk: string;
}

interface Keys extends Key {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
}

interface Capacity {
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

/** As much of a request as says what it is about. */
interface Input {
  readonly Key?: Keys;
  readonly Item?: Keys;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Keys[] }>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly Key?: Keys; readonly Item?: Keys }>>[];
  readonly ExpressionAttributeValues?: Readonly<Record<string, string>>;
}

/**
 * Tells from now on of each request that core makes what the database says that it consumed. A write whose condition
 * does not hold is told as DynamoDB bills one of an item of 1 KB, the most that any of ours has.
 */
export function onConsumed(tell: (consumed: Consumed) => void): void {
  const { call } = client;
  client.call = async (operation, given) => {
    const input = given as Input;
    try {
      const output = await call(operation, { ...given, ReturnConsumedCapacity: "INDEXES" });
      const { ConsumedCapacity } = output as { ConsumedCapacity?: Capacity | readonly Capacity[] };
      const capacity = [ConsumedCapacity ?? {}].flat()[0] as Capacity;
      tell({ operation, touches: touchesOf(operation, input, capacity) });
      return output;
    } catch (error) {
      if (/ConditionalCheckFailed|TransactionCanceled/.test((error as Error).name))
        tell({ operation, touches: touchesOf(operation, input, undefined) });
      throw error;
    }
  };
}

function touchesOf(operation: string, input: Input, capacity: Capacity | undefined): readonly Touch[] {
  const isWrite = /Put|Update|Delete|Transact/.test(operation);
  const keys = keysIn(input);
  const each = isWrite && operation.startsWith("Transact") ? 2 : 1;
  const units = capacity?.Table?.CapacityUnits ?? each * keys.length;
  const inTable = keys.map(({ pk, sk }) => {
    const share = units / keys.length;
    return { partition: pk, sort: sk, reads: isWrite ? 0 : share, writes: isWrite ? share : 0 };
  });
  const entries = capacity && isWrite ? keys.filter(({ gsi1pk }) => gsi1pk !== undefined) : [];
  // The index is written once, when the transaction is over.
  const inIndex = entries.map(({ gsi1pk = "", gsi1sk = "" }) => ({
    partition: `gsi1 ${gsi1pk}`,
    sort: gsi1sk,
    reads: 0,
    writes: 1,
  }));
  return [...inTable, ...inIndex];
}

function keysIn({
  Key,
  Item,
  RequestItems,
  TransactItems,
  ExpressionAttributeValues,
}: Input): readonly Keys[] {
  if (RequestItems) return Object.values(RequestItems).flatMap(({ Keys }) => Keys);
  if (TransactItems) {
    const parts = TransactItems.flatMap((each) => Object.values(each));
    return parts.flatMap((part) => part.Item ?? part.Key ?? []);
  }
  const single = Item ?? Key;
  if (single) return [single];
  const values = ExpressionAttributeValues ?? {};
  return [{ pk: String(values[":pk"]), sk: String(values[":sk1"] ?? "") }];
}

/** What an item takes up, keys and names included (DynamoDB guide, "Item sizes and formats"). */
export function itemBytes(item: object): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value),
    0,
  );
}

function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(Math.abs(value)).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + 1 + bytesOf(each), 3);
  if (typeof value === "object" && value !== null) return 3 + Object.keys(value).length + itemBytes(value);
  return 1;
}
