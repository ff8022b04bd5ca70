import { access, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openDataDirectory } from "./data-directory.ts";
import { isInUse } from "./database/lock.ts";
import { openDatabase } from "./database/open-database.ts";
import { functionEnvironment, tableName } from "./environment.ts";
import { StartError } from "./start-error.ts";

export interface OpenTable {
  /** What `packages/core` needs to know to read and write it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Opens the data of this laptop for a script: through the house that runs on it, or else by itself.
 *
 * @throws StartError where there is none, or it cannot be opened.
 */
export async function openLocalTable(dataDirectory: string): Promise<OpenTable> {
  const directory = resolve(dataDirectory);
  try {
    return await openByItself(directory);
  } catch (error) {
    if (!isInUse(error)) throw error;
    const endpoint = await readFile(join(directory, "database.url"), "utf8").catch(() => undefined);
    if (endpoint === undefined) throw error;
    return { environment: environmentOf(endpoint, join(directory, "secrets.json")), close: async () => {} };
  }
}

async function openByItself(directory: string): Promise<OpenTable> {
  // Opening it would make it.
  await access(directory).catch(() => {
    throw noData(directory);
  });
  const { databaseFile, secretsFile, hasData, close } = await openDataDirectory(directory);
  if (!hasData) {
    close();
    throw noData(directory);
  }
  const database = await openDatabase({ file: databaseFile, tableName }).catch((error: unknown) => {
    close();
    throw error;
  });
  return {
    environment: environmentOf(database.endpoint, secretsFile),
    async close() {
      await database.stop();
      close();
    },
  };
}

function noData(directory: string): StartError {
  return new StartError(`There is no data in ${directory} yet`);
}

function environmentOf(databaseEndpoint: string, secretsFile: string): Record<string, string> {
  // A script serves nothing, queues nothing and sends nothing.
  const nowhere = "http://localhost:9";
  const places = { url: nowhere, queueUrl: nowhere, awsEndpoint: nowhere };
  return functionEnvironment(process.env, { ...places, databaseEndpoint, secretsFile });
}
