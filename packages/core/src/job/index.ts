import { requests } from "../aws/requests.ts";
import { config } from "../config.ts";
import { AuthError, ConfigError, toAuthError } from "../error.ts";
import { newId } from "../id.ts";
import { writeLog } from "../log.ts";
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
  const MessageBody = JSON.stringify({ id: newId(), ...order });
  const { sendMessage } = await requests();
  try {
    await sendMessage({ QueueUrl: jobQueueUrl, MessageBody, DelaySeconds: delaySeconds });
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
