import { forgetConfig } from "../../packages/core/src/config.ts";
import { client } from "../../packages/core/src/store/client.ts";
import type { DynamoDb } from "../../packages/core/src/store/dynamodb.ts";
import { slimClient } from "../../packages/core/src/store/slim/slim-client.ts";

/** A table in a database of its own; all of them have one name. */
export interface Table {
  readonly client: DynamoDb;
  /** Those with the numbers from 0 up to this are in it. */
  people: number;
}

/** Clients as core makes them, for the databases at these addresses. */
export function openTables<const Endpoints extends readonly string[]>(
  endpoints: Endpoints,
): { [Index in keyof Endpoints]: Table } {
  const before = process.env["DYNAMODB_ENDPOINT"];
  const tables = endpoints.map((endpoint): Table => {
    process.env["DYNAMODB_ENDPOINT"] = endpoint;
    forgetConfig();
    return { client: slimClient(), people: 0 };
  });
  process.env["DYNAMODB_ENDPOINT"] = before;
  forgetConfig();
  return tables as { [Index in keyof Endpoints]: Table };
}

let asked: DynamoDb | undefined;

/** Has core ask this table from now on. */
export function askFrom(table: Table): void {
  if (!asked) client.call = (operation, input) => (asked as DynamoDb).call(operation, input);
  asked = table.client;
}
