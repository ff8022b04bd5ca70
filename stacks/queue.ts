import { Duration } from "aws-cdk-lib";
import { TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { QueueEncryption, Queue as SqsQueue } from "aws-cdk-lib/aws-sqs";
import type { StackContext } from "sst/constructs";
import { needs } from "./needs.ts";

/** The queue of jobs, where those end that fail again and again, and the alarm that says that there are some. */
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

  // Not NumberOfMessagesSent: what SQS moves by itself is not counted there.
  const alarm = deadLetters
    .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: "Maximum" })
    .createAlarm(stack, "DeadLettersAlarm", {
      alarmName: app.logicalPrefixedName("dead-letters"),
      alarmDescription: "Jobs failed five times and were parked: docs/operations.md, Mail, says what to do.",
      threshold: 1,
      evaluationPeriods: 1,
      // A queue that nobody uses has no metrics.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });

  stack.addOutputs({
    JobQueueUrl: jobs.queueUrl,
    DeadLettersUrl: deadLetters.queueUrl,
    DeadLettersArn: deadLetters.queueArn,
    DeadLettersAlarm: alarm.alarmName,
  });

  return { jobs, deadLetters, alarm };
}

/** A job says who asked for what: it is encrypted at rest, and its queue refuses whoever comes without TLS. */
const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
