import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { databaseClient } from "../../packages/local/src/database/client.ts";
import { type Database, startDatabase } from "../../packages/local/src/database/start-database.ts";
import { createTable } from "../../packages/local/src/database/table.ts";
import { functionEnvironment, tableName } from "../../packages/local/src/environment.ts";

/**
 * A table in memory and secrets for core in this process, with the limits of `prod`. Core must be loaded after it: it
 * reads the environment when it loads.
 *
 * @param settings over those.
 */
export async function openPlace(settings: Readonly<Record<string, string>> = {}): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const secretsFile = join(folder, "secrets.json");
  writeFileSync(secretsFile, JSON.stringify(generateSecrets()), { mode: 0o600 });
  const database = await startTable();
  const nowhere = "http://localhost:9";
  const places = { url: nowhere, queueUrl: nowhere, awsEndpoint: nowhere, secretsFile };
  const environment = functionEnvironment({}, { ...places, databaseEndpoint: database.endpoint });
  const { SOURCE_LIMIT_PER_HOUR: _, SOURCE_FAILURES_PER_HOUR: __, ...likeProd } = environment;
  Object.assign(process.env, likeProd, settings);
  return {
    async [Symbol.asyncDispose]() {
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An empty table in memory, in a database of its own. */
export async function startTable(): Promise<Database> {
  const database = await startDatabase();
  const client = databaseClient(database.endpoint);
  await createTable(client, tableName);
  client.destroy();
  return database;
}
