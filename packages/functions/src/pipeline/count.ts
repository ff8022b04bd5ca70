import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { config } from "@gatehouse/core/config";
import { writeCounts } from "../write-counts.ts";
import { type Counter, countersOf, type Outcome } from "./counters.ts";

let metrics: Metrics | undefined;

/** Writes what a request adds to the counters, if it adds to any. */
export function count(outcome: Outcome): void {
  const names = countersOf(outcome);
  if (names.length > 0) writeCounts(() => countedIn(names));
}

/** The dimensions are few and their values are known: each combination is a metric of its own, and paid for. */
function countedIn(names: readonly Counter[]): object {
  metrics ??= new Metrics({
    namespace: "Gatehouse",
    serviceName: "gatehouse",
    defaultDimensions: { stage: config().stage },
  });
  for (const name of names) metrics.addMetric(name, MetricUnit.Count, 1);
  const line = metrics.serializeMetrics();
  metrics.clearMetrics();
  return line;
}
