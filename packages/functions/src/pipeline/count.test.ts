import { afterEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../test/stdout.ts";
import { count } from "./count.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.useRealTimers();
});

const logIn = { route: "login", status: 200, code: undefined, coldStart: false } as const;

describe("a request", () => {
  it("with something to count is one line in the embedded metric format", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_784_721_600_000 });
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

  it("with nothing to count writes nothing", () => {
    count({ route: "health", status: 200, code: undefined, coldStart: false });
    expect(stdout.text()).toBe("");
  });

  it("counts for itself and not for the one before", () => {
    count(logIn);
    count(logIn);
    count({ ...logIn, status: 401, code: "invalid_credentials" });
    const [first, second, third] = stdout.counts();
    expect([first, second]).toMatchObject([{ LogIns: 1 }, { LogIns: 1 }]);
    expect(third).toMatchObject({ LogInFailures: 1 });
    expect(third).not.toHaveProperty("LogIns");
  });
});
