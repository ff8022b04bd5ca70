import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { documentClient } from "./document-client.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { isOutage } from "./outage.ts";
import { slimClient } from "./slim/slim-client.ts";

let opened: Promise<DynamoDb> | undefined;

/** Here and nowhere else is decided which client is used. */
async function open(): Promise<DynamoDb> {
  if (config().dynamodbClient === "slim") return slimClient();
  const { sdkClient } = await import("./sdk-client.ts");
  return sdkClient();
}

/** The client under every entity. Throws `unavailable` once a call's retries are used up. */
export const client: DynamoDb = {
  async call(operation, input) {
    try {
      opened ??= open();
      return await (await opened).call(operation, input);
    } catch (error) {
      throw isOutage(error) ? new AuthError("unavailable", { cause: error }) : error;
    }
  },
};

/** What ElectroDB needs to know of the table. */
export const storage = { client: documentClient(client), table: config().tableName };
