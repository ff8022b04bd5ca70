import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { needs } from "./needs.ts";
import { createSender } from "./sender.ts";
import { synthesise } from "./test/synthesise.ts";
import { functionsOf, listOf, type Statement } from "./test/templates.ts";

function workerOf(stage: string, template: Template) {
  const functions = functionsOf(template, `${stage}-gatehouse-`);
  expect(functions.map(({ name }) => name)).toEqual(["worker"]);
  const [worker] = functions;
  if (!worker) throw new Error("the template has no worker");
  return worker;
}

const anna = synthesise("anna").mail;
const prod = synthesise("prod").mail;

test("the worker is given the jobs in tens, and tells which of them failed", () => {
  const [mapping, ...others] = Object.values(anna.findResources("AWS::Lambda::EventSourceMapping"));
  expect(others).toEqual([]);
  expect(mapping?.["Properties"]).toMatchObject({
    EventSourceArn: {
      "Fn::ImportValue": expect.stringMatching(/^anna-gatehouse-Queue:ExportsOutputFnGetAttJobs\w+Arn/),
    },
    FunctionName: { Ref: expect.stringMatching(/^worker/) },
    BatchSize: 10,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    // Fewer there cannot be.
    ScalingConfig: { MaximumConcurrency: 2 },
  });
});

test("the worker has the time that the queue allows for", () => {
  expect(workerOf("anna", anna).properties.Timeout).toBe(needs.worker.timeoutSeconds);
});

test("the worker's issuer is the API's address, so that its links do not come from a request", () => {
  const { ISSUER } = workerOf("anna", anna).properties.Environment.Variables;
  expect(ISSUER).toEqual({
    "Fn::ImportValue": expect.stringMatching(/^anna-gatehouse-Api:ExportsOutputFnGetAttApi\w+ApiEndpoint/),
  });
});

test("nobody but Lambda's poller calls the worker", () => {
  anna.resourceCountIs("AWS::Lambda::Permission", 0);
  anna.resourceCountIs("AWS::Lambda::Url", 0);
});

test("the mails of a personal stage go to its log: nothing of SES is made or granted", () => {
  const worker = workerOf("anna", anna);
  expect(worker.properties.Environment.Variables).toMatchObject({ MAIL_TRANSPORT: "console" });
  expect(worker.properties.Environment.Variables).not.toHaveProperty("MAIL_FROM");
  anna.resourceCountIs("AWS::SES::EmailIdentity", 0);
  expect(JSON.stringify(worker.statements)).not.toContain("ses:");
});

test("the mails of prod go out from one address, and no other may be sent from", () => {
  const worker = workerOf("prod", prod);
  expect(worker.properties.Environment.Variables).toMatchObject({
    MAIL_TRANSPORT: "ses",
    MAIL_FROM: "no-reply@example.com",
  });
  const [identity] = Object.keys(prod.findResources("AWS::SES::EmailIdentity"));
  const [sending, ...others] = worker.statements.filter(isAboutSes);
  expect(others).toEqual([]);
  expect(sending).toEqual({
    Effect: "Allow",
    Action: "ses:SendEmail",
    Resource: [
      { "Fn::Join": ["", expect.arrayContaining([{ Ref: identity }])] },
      {
        "Fn::Join": [
          "",
          expect.arrayContaining([expect.stringMatching(/:configuration-set\/prod-gatehouse-mails$/)]),
        ],
      },
    ],
    Condition: { StringEquals: { "ses:FromAddress": "no-reply@example.com" } },
  });
  expect(JSON.stringify(listOf(sending?.Resource)[0])).toMatch(/:ses:.*:identity\//);
});

const isAboutSes = ({ Action }: Statement) => listOf(Action).some((action) => action.startsWith("ses:"));

test("prod has an identity for the domain that its mails are from, signed by DKIM, and tells the three records", () => {
  const identities = Object.entries(prod.findResources("AWS::SES::EmailIdentity"));
  expect(identities.map(([, { Properties }]) => Properties)).toMatchObject([
    { EmailIdentity: "example.com" },
  ]);
  const [id] = identities[0] ?? [];
  for (const index of [1, 2, 3]) {
    const output = `DkimRecord${index}`;
    expect(prod.findOutputs(output)[output]?.["Value"]).toEqual({
      "Fn::Join": [
        "",
        [
          { "Fn::GetAtt": [id, `DkimDNSTokenName${index}`] },
          " CNAME ",
          { "Fn::GetAtt": [id, `DkimDNSTokenValue${index}`] },
        ],
      ],
    });
  }
  expect(prod.findOutputs("MailFrom")["MailFrom"]?.["Value"]).toBe("no-reply@example.com");
});

test("where the account has an identity already, that one is used and none is made", () => {
  const stack = new Stack();
  const { permission, dkimRecords } = createSender(
    stack,
    { transport: "ses", from: "no-reply@mail.example.net", existingIdentity: "example.net" },
    "prod-gatehouse-mails",
  );
  Template.fromStack(stack).resourceCountIs("AWS::SES::EmailIdentity", 0);
  expect(dkimRecords).toEqual([]);
  expect(permission.resources).toEqual([
    expect.stringMatching(/:identity\/example\.net$/),
    expect.stringMatching(/:configuration-set\/prod-gatehouse-mails$/),
  ]);
  expect(permission.conditions).toEqual({
    StringEquals: { "ses:FromAddress": "no-reply@mail.example.net" },
  });
});
