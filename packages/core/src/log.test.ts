import { afterEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../functions/test/stdout.ts";
import { atSecond } from "../test/session.ts";
import { goodPassword } from "../test/user.ts";
import { forgetConfig } from "./config.ts";
import { type LogEntry, logAbout, writeLine, writeLog, writeMail } from "./log.ts";

const written = captureStdout();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

const request = { message: "request", route: "login", status: 401, error: { code: "c", reason: "r" } };
const frame = { service: "gatehouse", timestamp: expect.any(String) };

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("");

/** What some viewer breaks a line at, or reads as an order to itself, and JSON alone leaves as it is. */
const misread = "\u007f\u0085\u009b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069";

describe("an entry", () => {
  it("is one line of JSON with its level, its service and its time in UTC, whatever is in it", () => {
    atSecond(0);
    const hostile = 'a\nb\r{"message":"forged"}\u2028\u0000';
    writeLog({ message: hostile });
    expect(written.text().match(/[\r\n]/g)).toEqual(["\n"]);
    expect(written.text().endsWith("}\n")).toBe(true);
    expect(written.lines()).toEqual([
      { level: "INFO", message: hostile, service: "gatehouse", timestamp: "2026-05-28T20:26:40.000Z" },
    ]);
  });

  it("has no character in it that a viewer might break the line at or obey, and says all of them", () => {
    const hostile = `a${controls}b${misread}c`;
    writeLog({ level: "WARN", message: "request", route: hostile, error: { reason: hostile } });
    const line = written.text().slice(0, -1);
    for (const character of controls + misread) expect(line).not.toContain(character);
    expect(line).toContain("\\u2028\\u2029");
    expect(written.lines()).toMatchObject([{ level: "WARN", route: hostile, error: { reason: hostile } }]);
  });

  it.each(["INFO", "WARN", "ERROR"] as const)("of the level %s is on stdout and nowhere else", (level) => {
    const stderr = vi.spyOn(process.stderr, "write");
    writeLog({ level, ...request });
    expect(written.lines()).toEqual([{ level, ...frame, ...request }]);
    expect(stderr).not.toHaveBeenCalled();
  });

  it("tells what it is about, whoever writes it, and two that are under way at a time never mix", async () => {
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
    const [first, second, third] = written.lines();
    expect(third).toEqual({ level: "INFO", message: "about nothing", ...frame });
    expect(first).toMatchObject({ correlationId: "r-1", userId: "u", kind: "tidy" });
    expect(second).toEqual({ level: "INFO", message: "request", ...frame, correlationId: "r-2" });
  });

  it("has no field that is not listed, whatever the compiler was told", () => {
    const stray = { body: { password: goodPassword }, headers: { cookie: goodPassword } };
    logAbout(stray as Partial<LogEntry>, () => writeLog({ ...stray, message: "request" } as LogEntry));
    expect(written.lines()).toEqual([{ level: "INFO", message: "request", ...frame }]);
  });
});

describe("the least level that is written is", () => {
  const levels = ["INFO", "WARN", "ERROR"] as const;

  it.each([
    [{}, ["INFO", "WARN", "ERROR"]],
    [{ LOG_LEVEL: "INFO" }, ["INFO", "WARN", "ERROR"]],
    [{ LOG_LEVEL: "WARN" }, ["WARN", "ERROR"]],
    [{ LOG_LEVEL: "ERROR" }, ["ERROR"]],
    // What Lambda's own logging controls say goes before it.
    [{ LOG_LEVEL: "INFO", AWS_LAMBDA_LOG_LEVEL: "WARN" }, ["WARN", "ERROR"]],
    [{ LOG_LEVEL: "ERROR", AWS_LAMBDA_LOG_LEVEL: "DEBUG" }, ["INFO", "WARN", "ERROR"]],
    [{ LOG_LEVEL: "WARN", AWS_LAMBDA_LOG_LEVEL: "FATAL" }, ["ERROR"]],
    [{ LOG_LEVEL: "WARN", AWS_LAMBDA_LOG_LEVEL: "constructor" }, ["WARN", "ERROR"]],
    // Where no setting can be read, why is to be told.
    [{ LOG_LEVEL: "ERROR", STAGE: "" }, ["INFO", "WARN", "ERROR"]],
  ])("with %j the first of %j", (variables, through) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    forgetConfig();
    for (const level of levels) writeLog({ level, message: "request" });
    expect(written.lines().map(({ level }) => level)).toEqual(through);
  });
});

it("a mail on its way to the log is written whole, link included", () => {
  const text = `Open https://app.example.com/reset-password#token=01j00000000000000000000000.${"A".repeat(43)}\n`;
  writeMail({ to: "anna@example.com", subject: "A new password", text });
  expect(written.lines()).toMatchObject([
    { level: "INFO", message: "mail", to: "anna@example.com", subject: "A new password", text },
  ]);
});

it("a line is what it is given", () => {
  writeLine({ any: ["thing"], two: 2 });
  expect(written.text()).toBe('{"any":["thing"],"two":2}\n');
});
