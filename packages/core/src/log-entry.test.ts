import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineOf } from "./log-entry.ts";

const frame = { level: "INFO", message: "request", service: "gatehouse", timestamp: expect.any(String) };

/** Every field there is. */
const all = {
  correlationId: "JKJaXmPLvHcESHA=",
  route: "login",
  status: 401,
  durationMs: 12,
  coldStart: false,
  userId: "01j00000000000000000000000",
  error: { code: "invalid_credentials", reason: "there is none", stack: "Error: no\n    at login" },
  reason: "the address is none",
  messageId: "0b1ae4a4-6c4f-4c43-8d0c-3f0f5f0a5a53",
  delivery: 1,
  jobId: "01j00000000000000000000001",
  kind: "registered",
  letter: "password_changed",
};

/** What it would be written as. */
const writtenAs = (entry: Record<string, unknown>) => JSON.parse(JSON.stringify(lineOf(entry)));

describe("an entry as it is written", () => {
  it("has the fields that are listed", () => {
    expect(writtenAs({ message: "request", ...all })).toEqual({ ...frame, ...all });
    expect(writtenAs({ level: "ERROR", message: "request" })).toEqual({ ...frame, level: "ERROR" });
  });

  it("has no other field, whatever it is called and whatever is in it", () => {
    const known = ["level", "message", "service", "timestamp", ...Object.keys(all)];
    fc.assert(
      fc.property(fc.object(), (stray) => {
        const entry = {
          ...stray,
          body: stray,
          headers: { cookie: "MARK" },
          password: "MARK",
          message: "request",
        };
        expect(Object.keys(writtenAs(entry)).filter((key) => !known.includes(key))).toEqual([]);
        expect(JSON.stringify(lineOf(entry))).not.toContain("MARK");
      }),
    );
    const error = { code: "c", body: "MARK", cause: { password: "MARK" } };
    expect(writtenAs({ message: "request", error }).error).toEqual({ code: "c" });
  });

  it("has no field of another type than it should be", () => {
    const fields = Object.keys(all);
    for (const wrong of [{ body: "MARK" }, ["MARK"], () => "MARK", 10n, Symbol("MARK"), null]) {
      const entry = Object.fromEntries(fields.map((field) => [field, wrong]));
      const { error = {}, ...rest } = writtenAs({ ...entry, message: "request" });
      expect(rest).toEqual(frame);
      expect(error).toEqual({});
    }
    const swapped = {
      status: "401",
      durationMs: "MARK",
      coldStart: "MARK",
      delivery: true,
      route: 7,
      userId: false,
    };
    expect(writtenAs({ ...swapped, message: "request" })).toEqual(frame);
  });

  it("says who it is and when, whatever the entry says", () => {
    const forged = { message: "request", service: "other", timestamp: "1970-01-01T00:00:00.000Z" };
    expect(writtenAs(forged)).toMatchObject({
      service: "gatehouse",
      timestamp: expect.stringMatching(/^20/),
    });
  });

  it("has no text without an end, and of a stack what helps to find the fault", () => {
    const long = "ab ".repeat(10_000);
    const { message, route, error } = writtenAs({
      message: long,
      route: long,
      error: { reason: long, stack: long },
    });
    expect([message, route, error.reason].map(({ length }) => length)).toEqual([1000, 1000, 1000]);
    expect(error.stack).toHaveLength(4000);
  });

  it("has no secret in any of its texts, not even one that is cut off", () => {
    const token = `01j00000000000000000000000.${"Ab1-_".repeat(9).slice(0, 43)}`;
    const filler = "word ".repeat(194);
    const entry = {
      message: token,
      route: token,
      error: { code: token, reason: filler + token, stack: token },
    };
    expect(JSON.stringify(lineOf(entry))).not.toMatch(/01j0|Ab1/);
  });
});
