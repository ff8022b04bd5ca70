import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, expect, it, vi } from "vitest";
import { captureStdout } from "../test/stdout.ts";
import { writeCounts } from "./write-counts.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

it.each([[["AuthorizerDenials"]], [["AuthorizerErrors"]], [["LogIns", "ColdStart"]]] as const)(
  "%j are counted by the line that Powertools would write",
  (names) => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_784_721_600_000 });
    writeCounts(names);
    const metrics = new Metrics({
      namespace: "Gatehouse",
      serviceName: "gatehouse",
      defaultDimensions: { stage: "test" },
    });
    for (const name of names) metrics.addMetric(name, MetricUnit.Count, 1);
    expect(stdout.text()).toBe(`${JSON.stringify(metrics.serializeMetrics())}\n`);
  },
);

it("what cannot be counted harms nothing, and the log says why", () => {
  vi.stubEnv("STAGE", "");
  forgetConfig();
  expect(() => writeCounts(["LogIns"])).not.toThrow();
  expect(stdout.lines()).toMatchObject([
    { level: "ERROR", message: "nothing was counted", error: { reason: expect.stringContaining("STAGE") } },
  ]);
});
