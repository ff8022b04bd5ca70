import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Operation } from "../dynamodb.ts";
import { decodeBinary, encodeBinary } from "./binary.ts";

/** Where the values of attributes stand: at these names, in each of these (`*`), or here. */
type Place = typeof values | { readonly [name: string]: Place };

const values = "values";

const key = { Key: values } as const;
const condition = { ExpressionAttributeValues: values } as const;
const read = { ...condition, ExclusiveStartKey: values } as const;
const found = { Items: { "*": values }, LastEvaluatedKey: values } as const;
const before = { Attributes: values } as const;
const keys = { "*": { Keys: { "*": values } } } as const;
const writes = { "*": { "*": { PutRequest: { Item: values }, DeleteRequest: key } } } as const;
const changes = {
  ConditionCheck: { ...key, ...condition },
  Delete: { ...key, ...condition },
  Put: { Item: values, ...condition },
  Update: { ...key, ...condition },
} as const;

const places: Readonly<Record<Operation, { readonly input: Place; readonly output: Place }>> = {
  BatchGetItem: {
    input: { RequestItems: keys },
    output: { Responses: { "*": { "*": values } }, UnprocessedKeys: keys },
  },
  BatchWriteItem: { input: { RequestItems: writes }, output: { UnprocessedItems: writes } },
  DeleteItem: { input: { ...key, ...condition }, output: before },
  GetItem: { input: key, output: { Item: values } },
  PutItem: { input: { Item: values, ...condition }, output: before },
  Query: { input: read, output: found },
  Scan: { input: read, output: found },
  TransactGetItems: {
    input: { TransactItems: { "*": { Get: key } } },
    output: { Responses: { "*": { Item: values } } },
  },
  TransactWriteItems: { input: { TransactItems: { "*": changes } }, output: {} },
  UpdateItem: { input: { ...key, ...condition }, output: before },
};

type Document = Readonly<Record<string, unknown>>;
type Typed = Parameters<typeof encodeBinary>[0];

/** An input with its values as DynamoDB types them: `{ S: "text" }`. */
export function typed(operation: Operation, input: object): Document {
  return at(places[operation].input, input as Document, toTyped) as Document;
}

/** An output with plain values. */
export function plain(operation: Operation, output: object): Document {
  return at(places[operation].output, output as Document, toPlain) as Document;
}

interface Refusal extends Error {
  readonly Item?: Typed;
  readonly CancellationReasons?: readonly { readonly Item?: Typed }[];
}

/** Throws a refusal on, with the bytes of the items that it shows. */
export function withBytes(refusal: Refusal): never {
  decodeBinary(refusal.Item);
  for (const reason of refusal.CancellationReasons ?? []) decodeBinary(reason.Item);
  throw refusal;
}

function toTyped(item: Document): Document {
  const marshalled: Typed = {};
  for (const name in item) {
    const value = item[name];
    // As the document client of the SDK does for an attribute itself, and not for what lies deeper.
    if (value === undefined || typeof value === "function") continue;
    marshalled[name] = marshall(value, { convertTopLevelContainer: true });
  }
  encodeBinary(marshalled);
  return marshalled;
}

function toPlain(item: Document): Document {
  decodeBinary(item as Typed);
  return unmarshall(item as Typed);
}

function at(place: Place, document: Document, change: (item: Document) => Document): unknown {
  if (document === null) return undefined;
  if (place === values) return change(document);
  if (Array.isArray(document)) return document.map((each) => at(place["*"] as Place, each, change));
  const changed: Record<string, unknown> = { ...document };
  for (const name in "*" in place ? document : place) {
    const inner = document[name];
    if (inner !== undefined)
      changed[name] = at((place["*"] ?? place[name]) as Place, inner as Document, change);
  }
  return changed;
}
