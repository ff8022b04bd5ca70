import { config } from "@gatehouse/core/config";
import { toAuthError } from "@gatehouse/core/error";
import { writeLine } from "@gatehouse/core/log";
import { describeError, writeLog } from "./log.ts";
import type { authorizerCounters, Counter } from "./pipeline/counters.ts";

type Counted = Counter | (typeof authorizerCounters)[number];

/**
 * Adds one to each counter of these names, by a line that CloudWatch reads (CloudWatch guide, "Specification: Embedded
 * metric format"). The dimensions are few and their values are known: each combination is a metric of its own, and paid
 * for. Never throws: no request fails because it could not be counted.
 */
export function writeCounts(names: readonly Counted[]): void {
  try {
    const { stage } = config();
    writeLine({
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: "Gatehouse",
            Dimensions: [["service", "stage"]],
            Metrics: names.map((Name) => ({ Name, Unit: "Count" })),
          },
        ],
      },
      service: "gatehouse",
      stage,
      ...Object.fromEntries(names.map((name) => [name, 1])),
    });
  } catch (error) {
    writeLog({ level: "ERROR", message: "nothing was counted", error: describeError(toAuthError(error)) });
  }
}
