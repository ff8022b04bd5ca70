import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { account } from "./test/place.ts";
import { synthesise } from "./test/synthesise.ts";

const { queue, mail } = synthesise("prod");

// biome-ignore lint/suspicious/noExplicitAny: properties of CloudFormation
type Properties = Readonly<Record<string, any>>;

function only(template: typeof queue, type: string): [id: string, properties: Properties] {
  const [first, ...others] = Object.entries(template.findResources(type));
  expect(others).toEqual([]);
  if (!first) throw new Error(`the template has no ${type}`);
  return [first[0], first[1]["Properties"]];
}

const [ruleId, rule] = only(queue, "AWS::Events::Rule");

/** Whether an event matches a pattern (EventBridge guide, "Event patterns"): the part of the rules that ours uses. */
function matches(pattern: Properties, event: Properties | undefined): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === "$or") return wanted.some((each: Properties) => matches(each, event));
    const value = event?.[name];
    if (!Array.isArray(wanted)) return matches(wanted, value);
    return [value].flat().some((each) => wanted.includes(each));
  });
}

function recorded(kind: "bounce" | "complaint"): Properties {
  const file = new URL(`../packages/functions/test/fixtures/ses-${kind}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

const pattern = rule["EventPattern"];

test.each(["bounce", "complaint"] as const)("a %s of a mail of this stage is put on the queue", (kind) => {
  expect(matches(pattern, recorded(kind))).toBe(true);
});

test.each([
  [
    "of another stage",
    (event: Properties) => (event["detail"].mail.tags["ses:configuration-set"] = ["staging-gatehouse-mails"]),
  ],
  ["of a sender without a configuration set", (event: Properties) => delete event["detail"].mail.tags],
  ["that passes", (event: Properties) => (event["detail"].bounce.bounceType = "Transient")],
  ["that is no event of SES", (event: Properties) => Object.assign(event, { source: "my.ses" })],
  ["of another account", (event: Properties) => Object.assign(event, { account: "210987654321" })],
])("a bounce %s is not", (_name, change) => {
  const event = recorded("bounce");
  change(event);
  expect(matches(pattern, event)).toBe(false);
});

test("the default bus hands them to the queue of jobs as they are", () => {
  expect(rule).not.toHaveProperty("EventBusName");
  expect(rule["State"]).toBe("ENABLED");
  const [target, ...others] = rule["Targets"];
  expect(others).toEqual([]);
  expect(Object.keys(target).sort()).toEqual(["Arn", "Id"]);
  expect(target.Arn).toEqual({ "Fn::GetAtt": [expect.stringMatching(/^Jobs/), "Arn"] });
});

test("no policy of a queue lets anybody send but this rule", () => {
  const policies = Object.values(queue.findResources("AWS::SQS::QueuePolicy"));
  const allowing = policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === "Allow");
  expect(allowing).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
      Condition: { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": [ruleId, "Arn"] } } },
      Resource: { "Fn::GetAtt": [expect.stringMatching(/^Jobs/), "Arn"] },
    },
  ]);
});

test("mails go out under a configuration set that wants TLS, keeps away from who refused, and tells what comes back", () => {
  const [id, set] = only(mail, "AWS::SES::ConfigurationSet");
  expect(set).toMatchObject({
    Name: "prod-gatehouse-mails",
    DeliveryOptions: { TlsPolicy: "REQUIRE" },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
  const [, destination] = only(mail, "AWS::SES::ConfigurationSetEventDestination");
  expect(destination).toMatchObject({
    ConfigurationSetName: { Ref: id },
    EventDestination: { Enabled: true, MatchingEventTypes: ["bounce", "complaint"] },
  });
  expect(JSON.stringify(destination["EventDestination"].EventBridgeDestination.EventBusArn)).toMatch(
    new RegExp(`:events:[^:]+:${account}:event-bus/default`),
  );
  const functions = Object.values(mail.findResources("AWS::Lambda::Function"));
  const names = functions.map(({ Properties }) => Properties.Environment?.Variables.MAIL_CONFIGURATION_SET);
  expect(names.filter(Boolean)).toEqual(["prod-gatehouse-mails"]);
});

test("a personal stage, which sends nothing, has nothing of it", () => {
  const anna = synthesise("anna");
  anna.queue.resourceCountIs("AWS::Events::Rule", 0);
  anna.mail.resourceCountIs("AWS::SES::ConfigurationSet", 0);
});
