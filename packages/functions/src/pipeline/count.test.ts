import { afterEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../test/stdout.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

async function freshCount() {
  vi.resetModules();
  return (await import("./count.ts")).count;
}

const logIn = { route: "login", status: 200, code: undefined, coldStart: false } as const;

describe("a request", () => {
  it("with something to count is one line in the embedded metric format", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_784_721_600_000 });
    const count = await freshCount();
    count({ ...logIn, coldStart: true });
    expect(stdout.text().match(/\n/g)).toHaveLength(1);
    expect(stdout.counts()).toEqual([
      {
        _aws: {
          Timestamp: 1_784_721_600_000,
          CloudWatchMetrics: [
            {
              Namespace: "Gatehouse",
              Dimensions: [["service", "stage"]],
              Metrics: [
                { Name: "LogIns", Unit: "Count" },
                { Name: "ColdStart", Unit: "Count" },
              ],
            },
          ],
        },
        service: "gatehouse",
        stage: "test",
        LogIns: 1,
        ColdStart: 1,
      },
    ]);
  });

  it("with nothing to count writes nothing", async () => {
    const count = await freshCount();
    count({ route: "health", status: 200, code: undefined, coldStart: false });
    expect(stdout.text()).toBe("");
  });

  it("counts for itself and not for the one before", async () => {
    const count = await freshCount();
    count(logIn);
    count(logIn);
    count({ ...logIn, status: 401, code: "invalid_credentials" });
    const [first, second, third] = stdout.counts();
    expect([first, second]).toMatchObject([{ LogIns: 1 }, { LogIns: 1 }]);
    expect(third).toMatchObject({ LogInFailures: 1 });
    expect(third).not.toHaveProperty("LogIns");
  });

  it("that cannot be counted is none the worse, and the log says why", async () => {
    vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "perhaps");
    const count = await freshCount();
    expect(() => count(logIn)).not.toThrow();
    expect(stdout.counts()).toEqual([]);
    expect(stdout.lines()).toMatchObject([
      {
        level: "ERROR",
        message: "nothing was counted",
        error: { code: "internal_error", reason: expect.stringContaining("POWERTOOLS_METRICS_DISABLED") },
      },
    ]);
  });
});
