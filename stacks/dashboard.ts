import { Duration } from "aws-cdk-lib";
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  PeriodOverride,
} from "aws-cdk-lib/aws-cloudwatch";
import type { App, Stack } from "sst/constructs";
import type { Metrics } from "./metrics.ts";

const sums = { statistic: "Sum", minutes: 5 };
const highest = { statistic: "Maximum", minutes: 5 };
const percentile = (statistic: "p50" | "p99") => ({ statistic, minutes: 5 });

/** One page of a stage: whether it answers first, then who comes in, then what it stands on. */
export function createDashboard(app: App, stack: Stack, metrics: Metrics): Dashboard {
  const dashboard = new Dashboard(stack, "Dashboard", {
    dashboardName: `${app.stage}-${app.name}`,
    defaultInterval: Duration.hours(12),
    periodOverride: PeriodOverride.INHERIT,
  });
  dashboard.addWidgets(
    graph("Requests", [metrics.requests(sums)]),
    graph("Errors of the API", [metrics.serverErrors(sums), metrics.clientErrors(sums)]),
    graph("Latency of the API, ms", [metrics.latency(percentile("p50")), metrics.latency(percentile("p99"))]),
  );
  dashboard.addWidgets(
    graph("Log-ins", [
      metrics.counted("LogIns", sums),
      metrics.counted("LogInFailures", sums),
      metrics.counted("LogInBlocks", sums),
    ]),
    graph("Refreshes", [metrics.counted("Refreshes", sums)], [metrics.counted("RefreshReuse", sums)]),
    graph("Authorizer", [
      metrics.counted("AuthorizerDenials", sums),
      metrics.counted("AuthorizerErrors", sums),
    ]),
  );
  dashboard.addWidgets(
    graph("Turned away", [
      metrics.gatewayThrottles(sums),
      metrics.ofFunction("login", "Throttles", sums),
      metrics.ofFunction("authorizer", "Throttles", sums),
    ]),
    graph("Table, capacity", [
      metrics.ofTable("ConsumedReadCapacityUnits", sums),
      metrics.ofTable("ConsumedWriteCapacityUnits", sums),
    ]),
    graph("Jobs", [metrics.oldestJob(highest)], [metrics.deadLetters(highest)]),
  );
  dashboard.addWidgets(
    graph("Mail of the account, rates", [
      metrics.reputation("Reputation.BounceRate", highest),
      metrics.reputation("Reputation.ComplaintRate", highest),
    ]),
    graph("Log-in, ms", [
      metrics.ofFunction("login", "Duration", percentile("p50")),
      metrics.ofFunction("login", "Duration", percentile("p99")),
    ]),
    graph("Table, throttles", [metrics.tableThrottles(sums, "gsi1")]),
  );
  return dashboard;
}

/** `right` has an axis of its own. */
function graph(title: string, left: IMetric[], right: IMetric[] = []): IWidget {
  // The CDK's own types do not agree with exactOptionalPropertyTypes.
  return new GraphWidget({ title, left, right, width: 8, height: 6, leftYAxis: { min: 0 } }) as IWidget;
}
