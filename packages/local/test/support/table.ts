import { randomBytes } from "node:crypto";
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { databaseClient } from "../../src/database/client.ts";
import { createTable } from "../../src/database/table.ts";

/** Makes a fresh table for one test file, under a name of its own, and answers the name. */
export async function createTestTable(endpoint: string): Promise<string> {
  const client = databaseClient(endpoint);
  const name = `test-${randomBytes(8).toString("hex")}`;
  await createTable(client, name);
  client.destroy();
  return name;
}

/** Deletes an item behind the back of everything. */
export async function deleteItemOf(endpoint: string, table: string, pk: string, sk: string): Promise<void> {
  const client = databaseClient(endpoint);
  await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }));
  client.destroy();
}
