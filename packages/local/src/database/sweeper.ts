import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { table } from "@gatehouse/contract";

/**
 * Deletes the items whose `ttl` has passed, as DynamoDB itself does some time after it (DynamoDB guide,
 * "Using time to live"). An item that is renewed while the sweep runs survives.
 *
 * @returns how many items were deleted.
 */
export async function sweep(client: DynamoDBClient, tableName: string): Promise<number> {
  const expired = {
    ExpressionAttributeNames: { "#ttl": table.timeToLive },
    ExpressionAttributeValues: { ":now": { N: String(Math.floor(Date.now() / 1000)) } },
  };
  const pages = paginateScan(
    { client },
    { TableName: tableName, FilterExpression: "#ttl <= :now", ConsistentRead: true, ...expired },
  );
  let deleted = 0;
  for await (const { Items: items = [] } of pages) {
    for (const item of items) {
      const command = new DeleteItemCommand({
        TableName: tableName,
        Key: keyOf(item),
        ConditionExpression: "#ttl <= :now",
        ...expired,
      });
      deleted += await client.send(command).then(() => 1, ignoreRenewed);
    }
  }
  return deleted;
}

/** Sweeps every `seconds` until it is called off. A sweep that fails is made up for by the next. */
export function startSweeper(client: DynamoDBClient, tableName: string, seconds = 60): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    await sweep(client, tableName).catch(() => 0);
    running = false;
  }, seconds * 1000);
  timer.unref();
  return () => clearInterval(timer);
}

function keyOf(item: Record<string, AttributeValue>): Record<string, AttributeValue> {
  const keys = [table.partitionKey, table.sortKey] as const;
  return Object.fromEntries(Object.entries(item).filter(([name]) => keys.some((key) => key === name)));
}

function ignoreRenewed(error: unknown): number {
  if (error instanceof ConditionalCheckFailedException) return 0;
  throw error;
}
