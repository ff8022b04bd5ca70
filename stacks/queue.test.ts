import { expect, test } from "vitest";
import { needs } from "./needs.ts";
import { synthesise } from "./test/synthesise.ts";

const { queue } = synthesise("anna");

function named(name: string): { readonly id: string; readonly properties: Record<string, unknown> } {
  const found = Object.entries(queue.findResources("AWS::SQS::Queue")).find(
    ([, { Properties }]) => Properties.QueueName === name,
  );
  if (!found) throw new Error(`the template has no queue ${name}`);
  return { id: found[0], properties: found[1]["Properties"] };
}

const jobs = named("anna-gatehouse-jobs");
const deadLetters = named("anna-gatehouse-dead-letters");
const twoWeeks = 14 * 24 * 3600;

test("there are two queues: that of the jobs, and that of those that failed for good", () => {
  queue.resourceCountIs("AWS::SQS::Queue", 2);
});

test("a job that failed five times is parked for two weeks", () => {
  expect(jobs.properties["RedrivePolicy"]).toEqual({
    deadLetterTargetArn: { "Fn::GetAtt": [deadLetters.id, "Arn"] },
    maxReceiveCount: 5,
  });
  expect(deadLetters.properties["MessageRetentionPeriod"]).toBe(twoWeeks);
});

test("a job that the worker has is not handed out again before the worker must be done, six times over", () => {
  expect(jobs.properties["VisibilityTimeout"]).toBe(6 * needs.worker.timeoutSeconds);
});

test.each([jobs, deadLetters])(
  "$properties.QueueName is encrypted and refuses whoever comes without TLS",
  (each) => {
    expect(each.properties["SqsManagedSseEnabled"]).toBe(true);
    queue.hasResourceProperties("AWS::SQS::QueuePolicy", {
      Queues: [{ Ref: each.id }],
      PolicyDocument: {
        Statement: [
          {
            Effect: "Deny",
            Action: "sqs:*",
            Principal: { AWS: "*" },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
            Resource: { "Fn::GetAtt": [each.id, "Arn"] },
          },
        ],
      },
    });
  },
);

test("the outputs say what a redrive needs", () => {
  const output = (name: string) => queue.findOutputs(name)[name]?.["Value"];
  expect(output("DeadLettersArn")).toEqual({ "Fn::GetAtt": [deadLetters.id, "Arn"] });
  expect(output("DeadLettersUrl")).toEqual({ Ref: deadLetters.id });
  expect(output("JobQueueUrl")).toEqual({ Ref: jobs.id });
});

test("of the queue's stack only the queue of jobs is known to the others", () => {
  const exported = Object.keys(queue.toJSON()["Outputs"]).filter((name) => name.startsWith("Exports"));
  expect(exported.map((name) => name.replace(/[0-9A-F]{8}/g, "")).sort()).toEqual([
    "ExportsOutputFnGetAttJobsArn",
    "ExportsOutputRefJobs",
  ]);
});
