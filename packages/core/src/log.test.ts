import { afterEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../functions/test/stdout.ts";
import { atSecond } from "../test/session.ts";
import { sendLogsTo, writeLine, writeLog, writeMail } from "./log.ts";

const written = captureStdout();

afterEach(() => {
  vi.useRealTimers();
});

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

  it("goes where it is sent, once that is said", () => {
    const sent = vi.fn();
    sendLogsTo(sent);
    const entry = { message: "request", status: 200 };
    writeLog(entry);
    expect(sent.mock.calls).toEqual([[entry]]);
    expect(written.text()).toBe("");
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
