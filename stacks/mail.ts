import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { type StackContext, use } from "sst/constructs";
import { Api } from "./api.ts";
import { mailEnvironment } from "./environment.ts";
import { createFunction } from "./function.ts";
import { configurationSetOf } from "./mail-events.ts";
import { Queue } from "./queue.ts";
import { createSender } from "./sender.ts";
import { settingsOf } from "./stage.ts";

/** The worker that does the queued jobs, and the sender of its mails. */
export function Mail({ app, stack }: StackContext) {
  const { mail } = settingsOf(app.stage);
  const { jobs } = use(Queue);
  const worker = createFunction(app, stack, "worker");

  // Where the API is, which is what mails link to unless the stage has an appUrl. So this stack comes after the API's.
  worker.addEnvironment("ISSUER", use(Api).url);
  for (const [key, value] of Object.entries(mailEnvironment(mail))) worker.addEnvironment(key, value);

  worker.attachPermissions([
    new PolicyStatement({
      // What Lambda's poller does in the worker's name (Lambda guide, "Using Lambda with Amazon SQS", permissions).
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      resources: [jobs.queueArn],
    }),
  ]);

  new EventSourceMapping(stack, "Jobs", {
    target: worker,
    eventSourceArn: jobs.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
    // The least there is (Lambda guide, "Configuring scaling behavior for SQS event source mappings"): SES takes 14
    // mails a second from an account that has just left its sandbox, and one that it refuses waits its turn again.
    maxConcurrency: 2,
  });

  if (mail.transport === "ses") {
    const configurationSet = configurationSetOf(app);
    const { permission, dkimRecords } = createSender(stack, mail, configurationSet);
    worker.attachPermissions([permission]);
    worker.addEnvironment("MAIL_CONFIGURATION_SET", configurationSet);
    stack.addOutputs({
      MailFrom: mail.from,
      ...Object.fromEntries(dkimRecords.map((record, index) => [`DkimRecord${index + 1}`, record])),
    });
  }

  return { worker };
}
