export * as Job from "./index.ts";

import type { SQSClient } from "@aws-sdk/client-sqs";
import { config } from "../config.ts";
import { AuthError, ConfigError, toAuthError } from "../error.ts";
import { newId } from "../id.ts";
import { writeLog } from "../log.ts";
import { requestHandler } from "../request-handler.ts";
import type { JobOrder } from "./job.ts";

export { type JobKind, type JobOrder, readJob } from "./job.ts";

/**
 * Puts a job on the queue. It is done at least once, whatever becomes of the function that asked for it, and nobody
 * waits for it.
 *
 * @param delaySeconds how long it waits before it is done, at most 900.
 * @throws AuthError `unavailable` where the queue did not take it; then it may still be done.
 */
export async function enqueue(order: JobOrder, { delaySeconds = 0 } = {}): Promise<void> {
  const { jobQueueUrl } = config();
  if (jobQueueUrl === undefined)
    throw new ConfigError("JOB_QUEUE_URL", "is not set; it should be the queue's URL");
  const { SendMessageCommand } = await import("@aws-sdk/client-sqs");
  const MessageBody = JSON.stringify({ id: newId(), ...order });
  const command = new SendMessageCommand({ QueueUrl: jobQueueUrl, MessageBody, DelaySeconds: delaySeconds });
  try {
    await (await sqs()).send(command);
  } catch (cause) {
    throw new AuthError("unavailable", { cause });
  }
}

/**
 * Puts a job on the queue that tells of what has happened already: that the queue did not take it is written to the
 * log and changes nothing.
 */
export async function notify(order: JobOrder): Promise<void> {
  await enqueue(order).catch((error: unknown) => {
    if (toAuthError(error).code !== "unavailable") throw error;
    writeLog({ level: "ERROR", message: "a job was not queued", kind: order.kind });
  });
}

let client: SQSClient | undefined;

/** The SDK is loaded by what queues a job and by nothing else. */
async function sqs(): Promise<SQSClient> {
  if (client) return client;
  const { SQSClient } = await import("@aws-sdk/client-sqs");
  const { sqsEndpoint } = config();
  client = new SQSClient({
    ...(sqsEndpoint === undefined ? {} : { endpoint: sqsEndpoint }),
    // Where the queue is, AWS_ENDPOINT_URL and the region say, as of every other service.
    useQueueUrlAsEndpoint: false,
    // With the tries of the table's own client it ends well inside a function's 9 s.
    maxAttempts: 2,
    requestHandler: requestHandler(),
  });
  return client;
}
