import { isDeepStrictEqual } from "node:util";
import { config } from "@gatehouse/core/config";

/** An item as DynamoDB writes it: every value under the letter of its type. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Everything in this file's table, in the order of its keys, so that two readings can be compared. */
export async function readTable(): Promise<Item[]> {
  const { Items } = (await ask("Scan", { ConsistentRead: true })) as { Items: Item[] };
  return Items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Counters of requests and of wrong passwords, remembered answers, and what happened to nobody. */
const bookkeeping = /^(?:throttle|idempotency|unknown)#|^stage$/;

const recorded = /^(?:event#|mark$)/;

/** Everything of people, and what happened to them: the table without what is counted and remembered besides. */
export async function readPeople(): Promise<Item[]> {
  return (await readTable()).filter(({ pk }) => !bookkeeping.test(String(pk?.["S"])));
}

/**
 * The accounts themselves: profiles, log-ins, sessions and codes. A refused guess at a password is on record, and that
 * is no change of an account.
 */
export async function readAccounts(): Promise<Item[]> {
  return (await readPeople()).filter(({ sk }) => !recorded.test(String(sk?.["S"])));
}

/** What happened to a person, the types of events in their order. */
export async function readRecord(userId: string): Promise<string[]> {
  const isTheirs = ({ pk, sk }: Item) =>
    pk?.["S"] === `user#${userId}` && String(sk?.["S"]).startsWith("event#");
  return (await readTable()).filter(isTheirs).map(({ type }) => String(type?.["S"]));
}

export async function deleteItem(pk: string, sk: string): Promise<void> {
  await ask("DeleteItem", { Key: { pk: { S: pk }, sk: { S: sk } } });
}

/** Puts the table back to what it held when it was read. */
export async function putBack(items: readonly Item[]): Promise<void> {
  const now = new Map((await readTable()).map((item) => [keyOf(item), item]));
  const wanted = new Map(items.map((item) => [keyOf(item), item]));
  for (const [key, { pk, sk }] of now) if (!wanted.has(key)) await ask("DeleteItem", { Key: { pk, sk } });
  for (const [key, item] of wanted) {
    if (!isDeepStrictEqual(now.get(key), item)) await ask("PutItem", { Item: item });
  }
}

/** Writes one attribute of an item: `{ L: [{ S: "editor" }] }`. */
export async function setAttribute(pk: string, sk: string, name: string, value: object): Promise<void> {
  await ask("UpdateItem", {
    Key: { pk: { S: pk }, sk: { S: sk } },
    UpdateExpression: "SET #name = :value",
    ExpressionAttributeNames: { "#name": name },
    ExpressionAttributeValues: { ":value": value },
  });
}

function keyOf({ pk, sk }: Item): string {
  return JSON.stringify([pk, sk]);
}

/** Past every module of ours, so that what is found is what is stored. */
async function ask(operation: string, input: object): Promise<unknown> {
  const { dynamodbEndpoint, tableName } = config();
  const response = await fetch(String(dynamodbEndpoint), {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `DynamoDB_20120810.${operation}`,
      // A local DynamoDB looks at the form of a signature and at nothing else.
      "X-Amz-Date": "20260722T120000Z",
      Authorization: `AWS4-HMAC-SHA256 Credential=local/20260722/eu-central-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
    },
    body: JSON.stringify({ TableName: tableName, ...input }),
  });
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
  return response.json();
}
