/** `npm run restore`: brings back into the table of a stage, or of this laptop, what another one holds. */
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { table as shape } from "@gatehouse/contract";
import { type Action, runCommand, whereUsage } from "./command.ts";
import { copyTable, type Place } from "./copy-table.ts";
import { explain, SecretStoreError } from "./secret-store.ts";

const usage = `Usage: npm run restore -- <command> <table> [<region>] [options]

  add                  copies from that table what is not there; what is there stays as it is
  replace              copies everything, over what is there

  <table>              one that DynamoDB restored from a backup, or that of a stage in another region
  <region>             where it is, if not where the stage is

${whereUsage}`;

await runCommand(usage, choose);

function choose([command, table, region, ...more]: readonly string[]): Action | undefined {
  if (table === undefined || more.length > 0 || (command !== "add" && command !== "replace"))
    return undefined;
  return () => restore(table, region, command === "replace");
}

async function restore(tableName: string, region: string | undefined, replaces: boolean): Promise<number> {
  const { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME = "" } = process.env;
  const place = (name: string, options: { region?: string }): Place => ({
    client: new DynamoDBClient({ ...(endpoint ? { endpoint } : {}), ...options, maxAttempts: 10 }),
    tableName: name,
  });
  const [from, to] = [place(tableName, region === undefined ? {} : { region }), place(TABLE_NAME, {})];
  if ((await arnOf(from)) === (await arnOf(to)))
    throw new SecretStoreError(`${tableName} is the very table that would be written to`);
  const { written, kept, expired } = await copyTable(from, to, { replaces });
  for (const { client } of [from, to]) client.destroy();
  console.log(
    `${written} items copied from ${tableName}, ${kept} were there and stay as they are, ${expired} had run out`,
  );
  return 0;
}

/** @throws SecretStoreError where there is none, or one of another shape. */
async function arnOf({ client, tableName }: Place): Promise<string> {
  const { Table } = await client
    .send(new DescribeTableCommand({ TableName: tableName }))
    .catch((error: Error) => {
      if (error.name === "ResourceNotFoundException")
        throw new SecretStoreError(`There is no table ${tableName}`);
      return explain(error);
    });
  const keys = Table?.KeySchema?.map(({ AttributeName }) => AttributeName).join();
  if (keys !== `${shape.partitionKey},${shape.sortKey}`)
    throw new SecretStoreError(`${tableName} is no table of Gatehouse: its keys are others`);
  return String(Table?.TableArn);
}
