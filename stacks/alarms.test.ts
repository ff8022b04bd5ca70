import { limits } from "@gatehouse/contract";
import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test, vi } from "vitest";
import { alarmRules } from "./alarm-table.ts";
import { needs } from "./needs.ts";
import { account, region } from "./test/place.ts";
import { synthesise } from "./test/synthesise.ts";

// No stage of the table names an address: this one does.
vi.mock(import("./stage.ts"), async (original) => {
  const { settingsOf, ...rest } = await original();
  return {
    ...rest,
    settingsOf: (stage: string) =>
      stage === "told"
        ? { ...settingsOf("prod"), alarms: { email: "on-call@example.com" } }
        : settingsOf(stage),
  };
});

function watched(stage: string): Template {
  const { alarms } = synthesise(stage);
  if (!alarms) throw new Error(`nobody watches ${stage}`);
  return alarms;
}

const prod = watched("prod");

// biome-ignore lint/suspicious/noExplicitAny: properties of CloudFormation
type Properties = Readonly<Record<string, any>>;

function all(type: string, template = prod): [id: string, properties: Properties][] {
  return Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties]);
}

function only(type: string, template = prod): [id: string, properties: Properties] {
  const [first, ...others] = all(type, template);
  expect(others).toEqual([]);
  if (!first) throw new Error(`the template has no ${type}`);
  return first;
}

function alarm(name: string): Properties {
  const found = all("AWS::CloudWatch::Alarm").find(
    ([, { AlarmName }]) => AlarmName === `prod-gatehouse-${name}`,
  );
  if (!found) throw new Error(`the template has no alarm ${name}`);
  return found[1];
}

test("a personal stage is watched by nobody, which costs nothing", () => {
  expect(synthesise("anna")).not.toHaveProperty("alarms");
  expect(JSON.stringify(Object.values(synthesise("anna")).map((each) => each.toJSON()))).not.toMatch(
    /AWS::(?:CloudWatch|SNS|KMS)::/,
  );
});

test.each(["prod", "staging"])("every alarm of %s tells the one topic, and no other does", (stage) => {
  const template = watched(stage);
  const [topic] = only("AWS::SNS::Topic", template);
  const alarms = all("AWS::CloudWatch::Alarm", template);
  expect(alarms.map(([, { AlarmName }]) => AlarmName).sort()).toEqual(
    Object.keys(alarmRules)
      .map((name) => `${stage}-gatehouse-${name}`)
      .sort(),
  );
  for (const [, properties] of alarms) {
    expect(properties["AlarmActions"]).toEqual([{ Ref: topic }]);
    expect(properties["ActionsEnabled"]).not.toBe(false);
  }
});

test("the topic is encrypted with a key that CloudWatch may use for alarms of this stage, and so may nobody else", () => {
  const [keyId, key] = only("AWS::KMS::Key");
  expect(only("AWS::SNS::Topic")[1]["KmsMasterKeyId"]).toEqual({ "Fn::GetAtt": [keyId, "Arn"] });
  expect(key["EnableKeyRotation"]).toBe(true);
  const [owner, cloudWatch, ...others] = key["KeyPolicy"].Statement;
  expect(others).toEqual([]);
  expect(owner).toMatchObject({ Action: "kms:*", Effect: "Allow" });
  expect(cloudWatch).toEqual({
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Resource: "*",
    Condition: ofThisStage,
  });
});

const ofThisStage = {
  StringEquals: { "aws:SourceAccount": account },
  ArnLike: {
    "aws:SourceArn": {
      "Fn::Join": [
        "",
        ["arn:", { Ref: "AWS::Partition" }, `:cloudwatch:${region}:${account}:alarm:prod-gatehouse-*`],
      ],
    },
  },
};

test("the topic refuses whoever comes without TLS, and is told by CloudWatch alone", () => {
  const [topic] = only("AWS::SNS::Topic");
  const [, policy] = only("AWS::SNS::TopicPolicy");
  const [withoutTls, telling, ...others] = policy["PolicyDocument"].Statement;
  expect(others).toEqual([]);
  expect(withoutTls).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  expect(telling).toMatchObject({
    Effect: "Allow",
    Action: "sns:Publish",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Resource: { Ref: topic },
    Condition: ofThisStage,
  });
});

test("whom the stage names is told by mail; others find the topic in the outputs", () => {
  const [topic] = only("AWS::SNS::Topic");
  prod.resourceCountIs("AWS::SNS::Subscription", 0);
  expect(prod.findOutputs("AlarmTopicArn")["AlarmTopicArn"]?.["Value"]).toEqual({ Ref: topic });
  watched("told").hasResourceProperties("AWS::SNS::Subscription", {
    Protocol: "email",
    Endpoint: "on-call@example.com",
  });
});

describe.each(Object.entries(alarmRules))("%s", (name) => {
  test("says what it means and names its heading", () => {
    expect(alarm(name)["AlarmDescription"]).toMatch(
      new RegExp(`^[A-Z].+\\. What to do: docs/operations\\.md#${name}$`),
    );
  });

  test("rings at its number and above, and no silence rings it", () => {
    expect(alarm(name)["ComparisonOperator"]).toBe("GreaterThanOrEqualToThreshold");
    expect(["notBreaching", "ignore"]).toContain(alarm(name)["TreatMissingData"]);
  });
});

test("where no reading says that all is well, an alarm stays as it is", () => {
  const staying = all("AWS::CloudWatch::Alarm").filter(([, each]) => each["TreatMissingData"] === "ignore");
  expect(staying.map(([, { AlarmName }]) => AlarmName.replace("prod-gatehouse-", "")).sort()).toEqual([
    "dead-letters",
    "mail-bounces",
    "mail-complaints",
  ]);
});

test("one dead letter is enough", () => {
  expect(alarm("dead-letters")).toMatchObject({
    Namespace: "AWS/SQS",
    MetricName: "ApproximateNumberOfMessagesVisible",
    Statistic: "Maximum",
    EvaluationPeriods: 1,
    Threshold: 1,
  });
  expect(JSON.stringify(alarm("dead-letters")["Dimensions"])).toContain("DeadLetters");
  expect(JSON.stringify(alarm("queue-age")["Dimensions"])).toMatch(/Jobs/);
});

test("guessing rings long before the brake", () => {
  const { Threshold, Period } = alarm("log-in-failures");
  expect(Threshold / (Period / 60)).toBeLessThan(limits.password.allPerMinute / 2);
});

test("SES does not act before somebody was told", () => {
  expect(alarm("mail-bounces")["Threshold"]).toBeLessThan(0.05);
  expect(alarm("mail-complaints")["Threshold"]).toBeLessThan(0.001);
  for (const name of ["mail-bounces", "mail-complaints"])
    expect(alarm(name)).not.toHaveProperty("Dimensions");
});

/** The metrics of an alarm: its own, or those that it adds up. */
function metricsIn(properties: Properties): Properties[] {
  if (!properties["Metrics"]) return [properties];
  return properties["Metrics"].flatMap(({ MetricStat }: Properties) =>
    MetricStat ? [MetricStat["Metric"]] : [],
  );
}

test("functions are watched by the names that they have", () => {
  const names = all("AWS::CloudWatch::Alarm")
    .flatMap(([, each]) => metricsIn(each))
    .filter(({ Namespace }) => Namespace === "AWS/Lambda")
    .map(({ Dimensions: [dimension] }) => dimension.Value.replace("prod-gatehouse-", ""));
  expect(Object.keys(needs)).toEqual(expect.arrayContaining([...new Set(names)]));
  expect(new Set(names)).toEqual(new Set(["authorizer", "login", "refresh", "worker"]));
});

test("the table is watched with its index, and by every operation that anything asks of it", () => {
  const throttles = metricsIn(alarm("table-throttles"));
  expect(throttles.map(({ MetricName, Dimensions }) => `${MetricName} ${Dimensions.length}`).sort()).toEqual([
    "ReadThrottleEvents 1",
    "ReadThrottleEvents 2",
    "WriteThrottleEvents 1",
    "WriteThrottleEvents 2",
  ]);
  const operations = metricsIn(alarm("table-errors")).flatMap(({ Dimensions }) =>
    Dimensions.filter(({ Name }: Properties) => Name === "Operation").map(({ Value }: Properties) => Value),
  );
  const granted = Object.values(needs).flatMap(({ table }) => Object.keys(table));
  expect(operations.sort()).toEqual([...new Set([...granted, "TransactWriteItems"])].sort());
});

test("what API Gateway throttles is told from the functions' own 429 by the access log", () => {
  const [, filter] = only("AWS::Logs::MetricFilter", synthesise("prod").api);
  expect(filter["FilterPattern"]).toBe('{ ($.status = "429") && ($.integrationStatus = "-") }');
  const [{ MetricNamespace, MetricName }] = filter["MetricTransformations"];
  expect(alarm("gateway-throttles")).toMatchObject({ Namespace: MetricNamespace, MetricName });
  const [, stage] = only("AWS::ApiGatewayV2::Stage", synthesise("prod").api);
  expect(JSON.parse(stage["AccessLogSettings"].Format)).toMatchObject({
    status: "$context.status",
    integrationStatus: "$context.integration.integrationStatus",
  });
});
