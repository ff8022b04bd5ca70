import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, expect, inject, test } from "vitest";
import { createTestTable } from "../../test/support/table.ts";
import { databaseClient } from "./client.ts";
import { createTable } from "./table.ts";

const endpoint = inject("databaseEndpoint");
const client = databaseClient(endpoint);
afterAll(() => client.destroy());

test("the table has the keys, the index and the time to live of the contract", async () => {
  const TableName = await createTestTable(endpoint);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "gsi1",
        KeySchema: [
          { AttributeName: "gsi1pk", KeyType: "HASH" },
          { AttributeName: "gsi1sk", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  });
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: "ttl", TimeToLiveStatus: "ENABLED" });
});

test("making it again leaves what is in it alone", async () => {
  const TableName = await createTestTable(endpoint);
  const Item = { pk: { S: "user#1" }, sk: { S: "profile" } };
  await client.send(new PutItemCommand({ TableName, Item }));
  await createTable(client, TableName);
  expect((await client.send(new ScanCommand({ TableName }))).Items).toEqual([Item]);
});
