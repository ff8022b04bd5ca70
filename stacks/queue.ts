import { Duration } from "aws-cdk-lib";
import { QueueEncryption, Queue as SqsQueue } from "aws-cdk-lib/aws-sqs";
import type { StackContext } from "sst/constructs";
import { queueMailEvents } from "./mail-events.ts";
import { needs } from "./needs.ts";
import { settingsOf } from "./stage.ts";

/** The queue of jobs, and where those end that fail again and again. alarms.ts watches both. */
export function Queue({ app, stack }: StackContext) {
  const deadLetters = new SqsQueue(stack, "DeadLetters", {
    queueName: app.logicalPrefixedName("dead-letters"),
    ...guarded,
    // The longest there is. It counts from when a job was first queued (SQS guide, "Using dead-letter queues").
    retentionPeriod: Duration.days(14),
  });

  const jobs = new SqsQueue(stack, "Jobs", {
    queueName: app.logicalPrefixedName("jobs"),
    ...guarded,
    // Six times the worker's timeout, so that a batch Lambda has to hold back comes to nobody twice (Lambda guide,
    // "Creating and configuring an Amazon SQS event source mapping"). A mail that failed is tried again after it.
    visibilityTimeout: Duration.seconds(6 * needs.worker.timeoutSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  });

  if (settingsOf(app.stage).mail.transport === "ses") queueMailEvents(app, stack, jobs);

  stack.addOutputs({
    JobQueueUrl: jobs.queueUrl,
    DeadLettersUrl: deadLetters.queueUrl,
    DeadLettersArn: deadLetters.queueArn,
  });

  return { jobs, deadLetters };
}

/** A job says who asked for what: it is encrypted at rest, and its queue refuses whoever comes without TLS. */
const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
