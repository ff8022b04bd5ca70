import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, expect, it, vi } from "vitest";
import { captureStdout } from "../../test/stdout.ts";
import { countRefusal } from "./count-refusal.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

it.each(["AuthorizerDenials", "AuthorizerErrors"] as const)(
  "%s is the line that Powertools would write",
  (name) => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_784_721_600_000 });
    countRefusal(name);
    const metrics = new Metrics({
      namespace: "Gatehouse",
      serviceName: "gatehouse",
      defaultDimensions: { stage: "test" },
    });
    metrics.addMetric(name, MetricUnit.Count, 1);
    expect(stdout.text()).toBe(`${JSON.stringify(metrics.serializeMetrics())}\n`);
  },
);

it("a refusal that cannot be counted stays one, and the log says why", () => {
  vi.stubEnv("STAGE", "");
  forgetConfig();
  expect(() => countRefusal("AuthorizerDenials")).not.toThrow();
  expect(stdout.lines()).toMatchObject([
    { level: "ERROR", message: "nothing was counted", error: { reason: expect.stringContaining("STAGE") } },
  ]);
});
