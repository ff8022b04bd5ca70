import { createHash, randomUUID } from "node:crypto";

/** What is on the queue. It is deleted only when a function has dealt with it, or becomes a dead letter. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  firstReceivedAt: number | undefined;
  receiveCount: number;
  /** Why it was not dealt with the last time. */
  reason: string;
}

export function newMessage(body: string): Message {
  return {
    id: randomUUID(),
    body,
    md5OfBody: md5Of(body),
    sentAt: Date.now(),
    firstReceivedAt: undefined,
    receiveCount: 0,
    reason: "",
  };
}

/** SQS says with it what arrived (SQS API reference, "SendMessage"); the SDK compares it. */
export function md5Of(body: string): string {
  return createHash("md5").update(body, "utf8").digest("hex");
}
