import { table as shape } from "@gatehouse/contract";
import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Config, type StackContext } from "sst/constructs";
import { settingsOf } from "./stage.ts";

/** The one table. Its shape is the contract's; what happens to its data is the stage's. */
export function Storage({ app, stack }: StackContext) {
  const settings = settingsOf(app.stage);
  const key = (name: string) => ({ name, type: AttributeType.STRING });

  const table = new Table(stack, "Table", {
    partitionKey: key(shape.partitionKey),
    sortKey: key(shape.sortKey),
    timeToLiveAttribute: shape.timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    // With the account's own aws/dynamodb key, unlike the default one, each use of it is in CloudTrail
    // (DynamoDB guide, "Encryption at rest").
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: settings.pointInTimeRecovery },
    deletionProtection: settings.deletionProtection,
    removalPolicy: settings.removal === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });

  for (const [indexName, index] of Object.entries(shape.indexes)) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: key(index.partitionKey),
      sortKey: key(index.sortKey),
      projectionType: ProjectionType.ALL,
    });
  }

  // For what runs outside of the stage's functions and reads the table: `npm run audit`, `npm run keys`.
  new Config.Parameter(stack, "TABLE_NAME", { value: table.tableName });

  return { table };
}
