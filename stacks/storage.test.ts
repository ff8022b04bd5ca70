import { table as shape } from "@gatehouse/contract";
import { expect, test } from "vitest";
import { synthesise } from "./test/synthesise.ts";

function tableOf(stage: string) {
  const tables = Object.values(synthesise(stage).storage.findResources("AWS::DynamoDB::Table"));
  expect(tables).toHaveLength(1);
  return tables[0];
}

const keys = (index: { partitionKey: string; sortKey: string }) => [
  { AttributeName: index.partitionKey, KeyType: "HASH" },
  { AttributeName: index.sortKey, KeyType: "RANGE" },
];

test("there is one table and it has the contract's shape", () => {
  expect(tableOf("anna")?.["Properties"]).toMatchObject({
    KeySchema: keys(shape),
    GlobalSecondaryIndexes: [
      { IndexName: "gsi1", KeySchema: keys(shape.indexes.gsi1), Projection: { ProjectionType: "ALL" } },
    ],
    TimeToLiveSpecification: { AttributeName: shape.timeToLive, Enabled: true },
    AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
  });
});

test.each(["prod", "staging", "anna"])(
  "the table of %s costs nothing while idle and is encrypted",
  (stage) => {
    expect(tableOf(stage)?.["Properties"]).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      SSESpecification: { SSEEnabled: true },
    });
  },
);

test.each(["prod", "staging"])(
  "the table of %s can be restored, cannot be deleted and outlives its stack",
  (stage) => {
    expect(tableOf(stage)).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  },
);

test("the table of a personal stage goes with the stage", () => {
  expect(tableOf("anna")).toMatchObject({
    DeletionPolicy: "Delete",
    UpdateReplacePolicy: "Delete",
    Properties: {
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    },
  });
});
