import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { App } from "sst/constructs";
import type { FunctionName } from "./needs.ts";

/** What `packages/functions` counts: by `pipeline/counters.ts`. Stacks do not import them. */
export type Counted =
  | "LogIns"
  | "LogInFailures"
  | "LogInBlocks"
  | "Refreshes"
  | "RefreshReuse"
  | "Errors5xx"
  | "ConfigurationRefused"
  | "AuthorizerDenials"
  | "AuthorizerErrors";

/** What a stage is made of, as far as it is watched. */
export interface Watched {
  readonly app: App;
  readonly api: HttpApi;
  readonly table: Table;
  readonly jobs: Queue;
  readonly deadLetters: Queue;
}

interface Reading {
  readonly statistic: string;
  readonly minutes: number;
}

/** Whatever asks the table for items; a transaction counts as itself (DynamoDB guide, "Metrics and dimensions"). */
const operations = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "TransactWriteItems",
] as const;

/**
 * The metrics of a stage, by what an operator calls them. Functions are known by their names: a reference from one stack to
 * another would keep a function from being removed for as long as somebody watches it.
 */
export function metricsOf({ app, api, table, jobs, deadLetters }: Watched) {
  const counted = (metricName: Counted, { statistic, minutes }: Reading) =>
    new Metric({
      namespace: "Gatehouse",
      metricName,
      dimensionsMap: { service: "gatehouse", stage: app.stage },
      statistic,
      period: Duration.minutes(minutes),
    });
  const ofFunction = (name: FunctionName, metricName: string, { statistic, minutes }: Reading) =>
    new Metric({
      namespace: "AWS/Lambda",
      metricName,
      dimensionsMap: { FunctionName: app.logicalPrefixedName(name) },
      statistic,
      period: Duration.minutes(minutes),
    });
  const ofTable = (metricName: string, { statistic, minutes }: Reading, more: Record<string, string> = {}) =>
    new Metric({
      namespace: "AWS/DynamoDB",
      metricName,
      dimensionsMap: { TableName: table.tableName, ...more },
      statistic,
      period: Duration.minutes(minutes),
    });
  const options = ({ statistic, minutes }: Reading) => ({ statistic, period: Duration.minutes(minutes) });
  return {
    counted,
    ofFunction,
    ofTable,
    requests: (reading: Reading) => api.metricCount(options(reading)),
    clientErrors: (reading: Reading) => api.metricClientError(options(reading)),
    serverErrors: (reading: Reading) => api.metricServerError(options(reading)),
    latency: (reading: Reading) => api.metricLatency(options(reading)),
    gatewayThrottles: (reading: Reading) =>
      new Metric({
        namespace: "Gatehouse",
        metricName: `GatewayThrottles-${app.stage}`,
        ...options(reading),
      }),
    deadLetters: (reading: Reading) => deadLetters.metricApproximateNumberOfMessagesVisible(options(reading)),
    oldestJob: (reading: Reading) => jobs.metricApproximateAgeOfOldestMessage(options(reading)),
    /** Of the whole account in the region: that is what SES judges (SES guide, "Reputation metrics"). */
    reputation: (metricName: "Reputation.BounceRate" | "Reputation.ComplaintRate", reading: Reading) =>
      new Metric({ namespace: "AWS/SES", metricName, ...options(reading) }),
    /** Of several functions together. What fails in another one is a 5xx of the API. */
    ofFunctions: (names: readonly FunctionName[], metricName: string, reading: Reading) =>
      sum(
        names.map((name) => ofFunction(name, metricName, reading)),
        reading,
      ),
    /** Of the table and of its index: where the index is throttled, so are the writes to the table. */
    tableThrottles: (reading: Reading, index: string) =>
      sum(
        ["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((name) => [
          ofTable(name, reading),
          ofTable(name, reading, { GlobalSecondaryIndexName: index }),
        ]),
        reading,
      ),
    tableErrors: (reading: Reading) =>
      sum(
        operations.map((Operation) => ofTable("SystemErrors", reading, { Operation })),
        reading,
      ),
  };
}

export type Metrics = ReturnType<typeof metricsOf>;

/** Without FILL the sum is missing wherever one of them is (CloudWatch guide, "Using metric math"). */
function sum(metrics: readonly IMetric[], { minutes }: Reading): MathExpression {
  const named = Object.fromEntries(metrics.map((metric, index) => [`m${index + 1}`, metric]));
  const expression = Object.keys(named)
    .map((name) => `FILL(${name}, 0)`)
    .join(" + ");
  return new MathExpression({ expression, usingMetrics: named, period: Duration.minutes(minutes) });
}
