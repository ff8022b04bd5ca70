import { config } from "@gatehouse/core/config";
import { writeCounts } from "../write-counts.ts";

/**
 * Counts what the authorizer refuses or fails at, in the line that Powertools Metrics would write. That is not loaded
 * here: whoever calls an API behind this authorizer waits for it to load.
 */
export function countRefusal(name: "AuthorizerDenials" | "AuthorizerErrors"): void {
  writeCounts(() => ({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: "Gatehouse",
          Dimensions: [["service", "stage"]],
          Metrics: [{ Name: name, Unit: "Count" }],
        },
      ],
    },
    service: "gatehouse",
    stage: config().stage,
    [name]: 1,
  }));
}
