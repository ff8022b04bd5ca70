import { randomBytes } from "node:crypto";
import type { Message } from "./message.ts";

/** One message as Lambda hands it on (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, never>>;
  readonly md5OfBody: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/** The event of a batch. Every attribute is text, as SQS has it; a receipt handle is new for each receipt. */
export function eventOf(batch: readonly Message[], arn: string): SqsEvent {
  const [, , , awsRegion = "", accountId = ""] = arn.split(":");
  const toRecord = (message: Message): SqsRecord => ({
    messageId: message.id,
    receiptHandle: randomBytes(48).toString("base64"),
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: accountId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: arn,
    awsRegion,
  });
  return { Records: batch.map(toRecord) };
}
