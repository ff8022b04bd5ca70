import { until } from "@gatehouse/core/deadline";
import { toAuthError } from "@gatehouse/core/error";
import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { logAbout } from "@gatehouse/core/log";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { describeError, writeLog } from "./log.ts";

/** Enough for several requests to the table and two mails, with their retries. What takes longer is delivered again. */
const longestJobMs = 9000;

/** For what is left to do after a job, above all to say which have failed. */
const reservedMs = 1000;

/**
 * The Lambda behind the queue: it does what is left to do once a request has been answered, and sends the mail. Jobs of
 * one batch stand for themselves: those that fail are named and delivered again, in the end parked with the dead
 * letters (Lambda guide, "Implementing partial batch responses"). So are those there is no time left for: a function
 * that is cut off would have its whole batch done again, mails that are sent included.
 */
export async function handler(
  { Records }: SQSEvent,
  { getRemainingTimeInMillis }: Pick<Context, "getRemainingTimeInMillis">,
): Promise<SQSBatchResponse> {
  const failed: SQSRecord[] = [];
  for (const record of Records) {
    const isDone = getRemainingTimeInMillis() > longestJobMs + reservedMs && (await perform(record));
    if (!isDone) failed.push(record);
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

function perform({ messageId, body, attributes }: SQSRecord): Promise<boolean> {
  const about = { messageId, delivery: Number(attributes.ApproximateReceiveCount) };
  return logAbout(about, () => performJob(body));
}

async function performJob(body: string): Promise<boolean> {
  try {
    const job = readJob(body);
    await until(AbortSignal.timeout(longestJobMs), () => runJob(job));
    writeLog({ message: "job", jobId: job.id, kind: job.kind });
    return true;
  } catch (error) {
    writeLog({ level: "ERROR", message: "job", error: describeError(toAuthError(error)) });
    return false;
  }
}
