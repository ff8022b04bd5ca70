import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { App, Stack } from "sst/constructs";

/** The name of the SES configuration set that a stage sends under. */
export function configurationSetOf(app: App): string {
  return app.logicalPrefixedName("mails");
}

/**
 * Puts on the queue what SES tells of the mails of this stage: those that came back for good and those that were marked as
 * spam (docs/decisions/0025). It stands with the queue, whose policy lets in this rule and no other. Nobody but AWS puts
 * events whose source begins with `aws.` on a bus (EventBridge API, PutEvents), so what comes this way is of SES.
 */
export function queueMailEvents(app: App, stack: Stack, jobs: Queue): void {
  new Rule(stack, "MailEvents", {
    ruleName: app.logicalPrefixedName("mail-events"),
    description: "Addresses that refuse mail, for the worker",
    eventPattern: {
      source: ["aws.ses"],
      account: [stack.account],
      detailType: ["Email Bounced", "Email Complaint Received"],
      detail: {
        // One bus is for the whole account: other stages, and whatever else sends there.
        mail: { tags: { "ses:configuration-set": [configurationSetOf(app)] } },
        $or: [{ bounce: { bounceType: ["Permanent"] } }, { eventType: ["Complaint"] }],
      },
    },
    targets: [new SqsQueue(jobs)],
  });
}
