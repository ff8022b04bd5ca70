import fc from "fast-check";
import type { Operation, Operations } from "../src/store/dynamodb.ts";

/** A request that may be made of a table, by the table's name. */
export interface AnyRequest {
  readonly operation: Operation;
  readonly inputFor: (table: string) => Operations[Operation]["input"];
}

/** So few that requests meet each other's items. */
const keys = fc.record({ pk: fc.constantFrom("a", "b", "ä€😀"), sk: fc.constantFrom("1", "2", "3", "4") });

const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((each) => new Uint8Array(each));

const numbers = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -0, 0.1, -1.5, 1e-100, 1e21, 9007199254740991, -9007199254740991, 123.456789012345),
  fc.bigInt({ min: 2n ** 60n, max: 2n ** 100n }),
);

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary", maxLength: 20 }),
    numbers,
    fc.boolean(),
    fc.constant(null),
    bytes,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("m", "B", "Item", "__type", "n.1"), tie("value"), { maxKeys: 3 }),
    fc.uniqueArray(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 3 }).map((each) => new Set(each)),
    fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 3 }).map((each) => new Set(each)),
    fc.uniqueArray(bytes, { minLength: 1, maxLength: 2, selector: String }).map((each) => new Set(each)),
    fc.constant(new Map([["of", "a map"]])),
  ),
})).value;

/** Now and then one that no client can write. */
const anyValue = fc.oneof(
  { weight: 30, arbitrary: values },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      undefined,
      { deep: undefined },
      Number.NaN,
      1e300,
      2 ** 60,
      new Set(),
      new Date(0),
      () => 1,
    ),
  },
);

const attributes = fc.dictionary(fc.constantFrom("x", "y", "z", "n", "Keys"), anyValue, { maxKeys: 4 });

const items = fc.tuple(keys, attributes).map(([key, rest]) => ({ ...rest, ...key }));

const told = fc.constantFrom({}, { ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const });

const conditions = fc.oneof(
  fc.constant({}),
  fc
    .tuple(fc.constantFrom("attribute_exists(pk)", "attribute_not_exists(pk)", "nonsense("), told)
    .map(([ConditionExpression, tell]) => ({ ConditionExpression, ...tell })),
  fc.tuple(anyValue, told).map(([value, tell]) => ({
    ConditionExpression: "#x = :x",
    ExpressionAttributeNames: { "#x": "x" },
    ExpressionAttributeValues: { ":x": value },
    ...tell,
  })),
);

const updates = fc.oneof(
  anyValue.map((value) => ({
    UpdateExpression: "SET #y = :y",
    ExpressionAttributeNames: { "#y": "y" },
    ExpressionAttributeValues: { ":y": value },
  })),
  numbers.map((by) => ({
    UpdateExpression: "ADD #n :n REMOVE z",
    ExpressionAttributeNames: { "#n": "n" },
    ExpressionAttributeValues: { ":n": by },
    ConditionExpression: "attribute_not_exists(#n) OR #n < :n",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  })),
);

const changed = fc.constantFrom("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_NEW", "UPDATED_OLD");

const transacted = fc.oneof(
  fc.tuple(items, conditions).map(([Item, condition]) => ({ Put: { Item, ...condition } })),
  fc.tuple(keys, updates).map(([Key, update]) => ({ Update: { Key, ...update } })),
  fc.tuple(keys, conditions).map(([Key, condition]) => ({ Delete: { Key, ...condition } })),
  fc.tuple(keys, conditions).map(([Key, condition]) => ({
    ConditionCheck: { Key, ConditionExpression: "attribute_exists(pk)", ...condition },
  })),
);

function within(table: string, change: object): object {
  return Object.fromEntries(Object.entries(change).map(([kind, of]) => [kind, { TableName: table, ...of }]));
}

const paged = fc.record(
  {
    Limit: fc.integer({ min: 1, max: 3 }),
    ConsistentRead: fc.boolean(),
    ExclusiveStartKey: keys,
    ProjectionExpression: fc.constantFrom("pk", "pk, sk, x"),
  },
  { requiredKeys: [] },
);

function request<T>(operation: Operation, of: fc.Arbitrary<T>, input: (table: string, made: T) => object) {
  return of.map((made) => ({ operation, inputFor: (table: string) => input(table, made) as never }));
}

export const anyRequest: fc.Arbitrary<AnyRequest> = fc.oneof(
  request(
    "PutItem",
    fc.tuple(items, conditions, fc.constantFrom("NONE", "ALL_OLD")),
    (table, [Item, condition, ReturnValues]) => ({ TableName: table, Item, ReturnValues, ...condition }),
  ),
  request("GetItem", keys, (table, Key) => ({ TableName: table, Key, ConsistentRead: true })),
  request("UpdateItem", fc.tuple(keys, updates, changed), (table, [Key, update, ReturnValues]) => ({
    TableName: table,
    Key,
    ReturnValues,
    ...update,
  })),
  request("DeleteItem", fc.tuple(keys, conditions), (table, [Key, condition]) => ({
    TableName: table,
    Key,
    ReturnValues: "ALL_OLD",
    ...condition,
  })),
  request(
    "Query",
    fc.tuple(fc.constantFrom("a", "b", ""), paged, fc.boolean()),
    (table, [pk, page, ScanIndexForward]) => ({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ScanIndexForward,
      ...page,
    }),
  ),
  request("Scan", paged, (table, page) => ({ TableName: table, ...page })),
  request(
    "BatchGetItem",
    fc.uniqueArray(keys, { minLength: 1, maxLength: 4, selector: (key) => JSON.stringify(key) }),
    (table, Keys) => ({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
  ),
  request("BatchWriteItem", fc.tuple(items, keys), (table, [Item, Key]) => ({
    RequestItems: { [table]: [{ PutRequest: { Item } }, { DeleteRequest: { Key } }] },
  })),
  request("TransactWriteItems", fc.array(transacted, { minLength: 1, maxLength: 4 }), (table, changes) => ({
    TransactItems: changes.map((change) => within(table, change)),
    ClientRequestToken: undefined,
  })),
  request("TransactGetItems", fc.array(keys, { minLength: 1, maxLength: 3 }), (table, found) => ({
    TransactItems: found.map((Key) => ({ Get: { TableName: table, Key } })),
  })),
  request(
    "GetItem",
    fc.constantFrom({}, { pk: "a" }, { pk: 1, sk: "1" }, { pk: "", sk: "" }),
    (table, Key) => ({ TableName: table, Key }),
  ),
  request("GetItem", keys, (_, Key) => ({ TableName: "there-is-none", Key })),
);
