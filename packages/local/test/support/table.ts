import { randomBytes } from "node:crypto";
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
