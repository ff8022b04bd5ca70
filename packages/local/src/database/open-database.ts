import { StartError } from "../start-error.ts";
import { databaseClient } from "./client.ts";
import { assertIntact } from "./intact.ts";
import { startDatabase } from "./start-database.ts";
import { startSweeper } from "./sweeper.ts";
import { createTable } from "./table.ts";

export interface OpenDatabaseOptions {
  /** Of the embedded database. */
  readonly file: string;
  readonly tableName: string;
  /** A DynamoDB that runs already, in place of the embedded one. */
  readonly databaseEndpoint?: string | undefined;
  readonly onNotice?: (line: string) => void;
  readonly onFailure?: (error: StartError) => void;
}

export interface LocalDatabase {
  readonly endpoint: string;
  /** Of the embedded database's process; undefined where it is another DynamoDB. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the embedded DynamoDB, or takes the one that runs already, makes the table and sweeps what has expired.
 *
 * @throws StartError where the database does not start or answer.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<LocalDatabase> {
  const embedded = options.databaseEndpoint === undefined ? await startEmbedded(options) : undefined;
  const endpoint = embedded?.endpoint ?? options.databaseEndpoint ?? "";
  const client = databaseClient(endpoint);
  try {
    await createTable(client, options.tableName);
  } catch (cause) {
    client.destroy();
    await embedded?.stop();
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    const setting = embedded ? "The embedded database" : "DYNAMODB_ENDPOINT";
    throw new StartError(`${setting}: no table could be made at ${endpoint}: ${reason}`, { cause });
  }
  const stopSweeper = startSweeper(client, options.tableName);
  return {
    endpoint,
    get pid() {
      return embedded?.pid;
    },
    async stop() {
      stopSweeper();
      client.destroy();
      await embedded?.stop();
    },
  };
}

function startEmbedded({ file, onNotice, onFailure }: OpenDatabaseOptions) {
  assertIntact(file);
  return startDatabase({
    file,
    onRestart: () => onNotice?.("The embedded database exited by itself and was started again"),
    ...(onFailure && { onFailure }),
  });
}
