import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { table as shape } from "@gatehouse/contract";
import { epochSeconds } from "../packages/core/src/clock.ts";

/** A table and who asks for it: a copy may stand in another region. */
export interface Place {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** What became of the items. */
export interface Copied {
  written: number;
  /** Were there already, and stayed as they were. */
  kept: number;
  /** Had run out, and were left behind. */
  expired: number;
}

/** The table is read in so many parts at a time, and of each part so many items are written at a time. */
const segments = 4;
const atOnce = 25;

/**
 * Copies every item of one table into another. Interrupted, it may simply be run again.
 *
 * @param replaces whether an item that is there already is written over, or stays as it is.
 */
export async function copyTable(
  from: Place,
  to: Place,
  { replaces }: { replaces: boolean },
): Promise<Copied> {
  const copied: Copied = { written: 0, kept: 0, expired: 0 };
  const now = epochSeconds();
  const copySegment = async (Segment: number) => {
    const scan = { TableName: from.tableName, ConsistentRead: true, Segment, TotalSegments: segments };
    for await (const { Items = [] } of paginateScan({ client: from.client }, scan)) {
      const live = Items.filter(
        (item) => Number(item[shape.timeToLive]?.N ?? Number.POSITIVE_INFINITY) > now,
      );
      copied.expired += Items.length - live.length;
      for (let first = 0; first < live.length; first += atOnce)
        await Promise.all(live.slice(first, first + atOnce).map(write));
    }
  };
  const write = async (item: Record<string, AttributeValue>) => {
    const isWritten = await put(to, item, replaces);
    copied[isWritten ? "written" : "kept"] += 1;
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => copySegment(segment)));
  return copied;
}

/** Answers false where an item with its keys stays. */
async function put(
  { client, tableName }: Place,
  Item: Record<string, AttributeValue>,
  replaces: boolean,
): Promise<boolean> {
  const ConditionExpression = `attribute_not_exists(${shape.partitionKey})`;
  const command = new PutItemCommand({
    TableName: tableName,
    Item,
    ...(replaces ? {} : { ConditionExpression }),
  });
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
