import { routes } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import type { LogEntry } from "@gatehouse/core/log";
import { afterEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

/** A container that starts with these variables. */
async function containerWith(variables: Readonly<Record<string, string>> = {}) {
  for (const [key, value] of Object.entries(variables)) vi.stubEnv(key, value);
  vi.resetModules();
  const { handle } = await import("./handle.ts");
  await import("./logger.ts");
  const { logAbout, writeLog } = await import("@gatehouse/core/log");
  return { handle, logAbout, writeLog };
}

const entry = { message: "request", route: "login", status: 401, error: { code: "c", reason: "r" } };
const frame = { service: "gatehouse", timestamp: expect.any(String) };

describe("a line of a function", () => {
  it.each(["INFO", "WARN", "ERROR"] as const)(
    "of the level %s is one line on stdout and none elsewhere",
    async (level) => {
      const { writeLog } = await containerWith();
      const stderr = vi.spyOn(process.stderr, "write");
      writeLog({ level, ...entry });
      expect(stdout.lines()).toEqual([{ level, ...frame, ...entry }]);
      expect(stderr).not.toHaveBeenCalled();
    },
  );

  it("is the same line as that of a function without Powertools", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.resetModules();
    const { writeLog } = await import("@gatehouse/core/log");
    writeLog(entry);
    await import("./logger.ts");
    writeLog(entry);
    vi.useRealTimers();
    const [bare, powertools] = stdout.text().split("\n");
    expect(powertools).toBe(bare);
  });

  it("tells what it is about, whoever writes it, and two that are under way at a time never mix", async () => {
    const { logAbout, writeLog } = await containerWith();
    const slow = logAbout({ correlationId: "r-1", userId: "u" }, async () => {
      await undefined;
      writeLog({ message: "a job was not queued", kind: "tidy" });
    });
    const quick = logAbout({ correlationId: "r-2" }, async () => {
      await slow;
      writeLog({ message: "request" });
    });
    await quick;
    writeLog({ message: "about nothing" });
    const [first, second, third] = stdout.lines();
    expect(third).toEqual({ level: "INFO", message: "about nothing", ...frame });
    expect(first).toMatchObject({ correlationId: "r-1", userId: "u", kind: "tidy" });
    expect(second).toEqual({ level: "INFO", message: "request", ...frame, correlationId: "r-2" });
  });

  it("has no field that is not listed, whatever the compiler was told", async () => {
    const { logAbout, writeLog } = await containerWith();
    const stray = { body: { password }, headers: { cookie: password } };
    logAbout(stray as Partial<LogEntry>, () => writeLog({ ...stray, message: "request" } as LogEntry));
    expect(stdout.lines()).toEqual([{ level: "INFO", message: "request", ...frame }]);
  });
});

describe("LOG_LEVEL", () => {
  it.each([
    ["INFO", ["INFO", "WARN", "ERROR"]],
    ["WARN", ["WARN", "ERROR"]],
    ["ERROR", ["ERROR"]],
  ])("%s lets %j through", async (LOG_LEVEL, levels) => {
    const { writeLog } = await containerWith({ LOG_LEVEL });
    for (const level of ["INFO", "WARN", "ERROR"] as const) writeLog({ level, message: "request" });
    expect(stdout.lines().map(({ level }) => level)).toEqual(levels);
  });

  it("is not what POWERTOOLS_LOG_LEVEL says", async () => {
    const { writeLog } = await containerWith({ POWERTOOLS_LOG_LEVEL: "SILENT" });
    writeLog({ message: "request" });
    expect(stdout.lines()).toHaveLength(1);
  });

  it("gives way to the level that Lambda's own logging controls set", async () => {
    const { writeLog } = await containerWith({ AWS_LAMBDA_LOG_LEVEL: "WARN", LOG_LEVEL: "INFO" });
    for (const level of ["INFO", "WARN", "ERROR"] as const) writeLog({ level, message: "request" });
    const requests = stdout.lines().filter(({ message }) => message === "request");
    expect(requests.map(({ level }) => level)).toEqual(["WARN", "ERROR"]);
  });
});

it("no variable of Powertools makes a function log an event, pretty lines, another name or more", async () => {
  const { handle } = await containerWith({
    POWERTOOLS_DEV: "true",
    POWERTOOLS_LOGGER_LOG_EVENT: "true",
    POWERTOOLS_LOGGER_SAMPLE_RATE: "1",
    POWERTOOLS_LOG_LEVEL: "TRACE",
    POWERTOOLS_SERVICE_NAME: "other",
    POWERTOOLS_METRICS_NAMESPACE: "other",
    POWERTOOLS_METRICS_DISABLED: "true",
  });
  const handler = handle(routes.login, () => {
    throw new Error("no");
  });
  await call(handler, { body: { email: "MARK@example.com", password: "MARK MARK MARK" }, userAgent: "MARK" });
  expect(stdout.text()).not.toContain("MARK");
  expect(stdout.lines()).toMatchObject([{ level: "ERROR", message: "request", service: "gatehouse" }]);
  expect(stdout.counts()).toMatchObject([{ service: "gatehouse", stage: "test", Errors5xx: 1 }]);
  expect(stdout.text().match(/\n/g)).toHaveLength(2);
});
