import { ArnFormat, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { FilterPattern, type ILogGroup } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { type App, type Stack, type StackContext, use } from "sst/constructs";
import { type AlarmName, type AlarmRule, alarmRules } from "./alarm-table.ts";
import { Api } from "./api.ts";
import { createDashboard } from "./dashboard.ts";
import { type Metrics, metricsOf } from "./metrics.ts";
import { Queue } from "./queue.ts";
import { settingsOf } from "./stage.ts";
import { Storage } from "./storage.ts";

/** What watches a stage: the alarms of alarm-table.ts, the one topic that they tell, and the dashboard. */
export function Alarms({ app, stack }: StackContext) {
  const settings = settingsOf(app.stage);
  const { api } = use(Api);
  const metrics = metricsOf({ app, api: api.cdk.httpApi, ...use(Storage), ...use(Queue) });
  if (api.cdk.accessLogGroup) countThrottles(api.cdk.accessLogGroup, metrics);

  if (settings.alarms) {
    const topic = createTopic(app, stack);
    if (settings.alarms.email !== undefined)
      topic.addSubscription(new EmailSubscription(settings.alarms.email));
    for (const name of Object.keys(alarmRules) as AlarmName[])
      createAlarm(app, stack, name, metrics).addAlarmAction(new SnsAction(topic));
    stack.addOutputs({ AlarmTopicArn: topic.topicArn });
  }
  if (settings.dashboard) createDashboard(app, stack, metrics);
}

function createAlarm(app: App, stack: Stack, name: AlarmName, metrics: Metrics): Alarm {
  const {
    metric,
    statistic = "Sum",
    minutes,
    threshold,
    inARow = 1,
    missing,
    says,
  }: AlarmRule = alarmRules[name];
  return new Alarm(stack, name, {
    alarmName: app.logicalPrefixedName(name),
    alarmDescription: `${says} What to do: docs/operations.md#${name}`,
    metric: metric(metrics, { statistic, minutes }),
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: inARow,
    treatMissingData: missing === "unknown" ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    // Of a few requests the slowest is no hundredth part.
    ...(statistic === "p99" && { evaluateLowSampleCountPercentile: "ignore" }),
  });
}

/**
 * CloudWatch may tell it, of the alarms of this stage, and nobody else; whoever comes without TLS is refused. The key is
 * one of our own, because of the one that SNS has CloudWatch may make no use (SNS guide, "Key management").
 */
function createTopic(app: App, stack: Stack): Topic {
  const alarms = stack.formatArn({
    service: "cloudwatch",
    resource: "alarm",
    resourceName: app.logicalPrefixedName("*"),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const ours = {
    principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
    conditions: {
      StringEquals: { "aws:SourceAccount": stack.account },
      ArnLike: { "aws:SourceArn": alarms },
    },
  };
  const key = new Key(stack, "TopicKey", {
    description: `Alarms of the stage ${app.stage} of ${app.name}`,
    enableKeyRotation: true,
    // Nothing that it encrypts is kept.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  key.addToResourcePolicy(
    new PolicyStatement({ ...ours, actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"] }),
  );
  const topic = new Topic(stack, "Topic", {
    topicName: app.logicalPrefixedName("alarms"),
    masterKey: key,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(
    new PolicyStatement({ ...ours, actions: ["sns:Publish"], resources: [topic.topicArn] }),
  );
  return topic;
}

/**
 * API Gateway has no metric for what it throttles: `4xx` holds every 401 and 404 as well. Its access log tells them apart
 * from the 429s of the functions, which have been asked then. With no dimension, since those of a filter are fields of
 * the line, and so with the stage in its name.
 */
function countThrottles(accessLog: ILogGroup, metrics: Metrics): void {
  const { metricName, namespace: metricNamespace } = metrics.gatewayThrottles({
    statistic: "Sum",
    minutes: 1,
  });
  accessLog.addMetricFilter("GatewayThrottles", {
    filterPattern: FilterPattern.literal('{ ($.status = "429") && ($.integrationStatus = "-") }'),
    metricName,
    metricNamespace,
    metricValue: "1",
  });
}
