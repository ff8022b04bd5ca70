import { AuthError } from "@gatehouse/core/error";
import { describe, expect, it } from "vitest";
import { captureStdout } from "../test/stdout.ts";
import { describeError, writeLog } from "./log.ts";

const stdout = captureStdout();

describe("a line of the log", () => {
  it("is one JSON object with its level and the time in UTC, ended by the only line break", () => {
    writeLog({ message: "request", status: 200 });
    expect(stdout.text().indexOf("\n")).toBe(stdout.text().length - 1);
    expect(stdout.lines()).toEqual([
      {
        level: "INFO",
        service: "gatehouse",
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        message: "request",
        status: 200,
      },
    ]);
  });

  it.each(["a\nb", "a\r\nb", 'a"}\n{"message":"forged"}', "\u001b[31mred", "\0"])(
    "stays one line with %j in it",
    (text) => {
      writeLog({ message: text });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(stdout.text().slice(0, -1)).not.toMatch(/[\u0000-\u001f]/);
      expect(stdout.lines()).toMatchObject([{ message: text }]);
    },
  );
});

describe("an error in the log", () => {
  it("tells the code and the reason the caller was not given", () => {
    expect(describeError(new AuthError("invalid_token", { cause: "expired" }))).toEqual({
      code: "invalid_token",
      reason: "expired",
    });
  });

  it("tells the name and the message of an error that caused it, with a stack only where the fault is ours", () => {
    const cause = new RangeError("too far");
    expect(describeError(new AuthError("invalid_token", { cause }))).toEqual({
      code: "invalid_token",
      reason: "RangeError: too far",
    });
    expect(describeError(new AuthError("internal_error", { cause }))).toEqual({
      code: "internal_error",
      reason: "RangeError: too far",
      stack: cause.stack,
    });
  });

  it("tells what stands behind the error that caused it, and not for ever where that leads back to itself", () => {
    const refused = new Error("connect ECONNREFUSED");
    const wrapped = new Error("Error thrown by DynamoDB client", { cause: refused });
    expect(describeError(new AuthError("unavailable", { cause: wrapped })).reason).toBe(
      "Error: Error thrown by DynamoDB client; because Error: connect ECONNREFUSED",
    );
    const snake = new Error("round");
    snake.cause = snake;
    expect(describeError(new AuthError("unavailable", { cause: snake })).reason).toBe(
      Array(4).fill("Error: round").join("; because "),
    );
  });

  it("tells no more than the type of a cause that is no error, which might be a body or a cycle", () => {
    const cycle: { self?: unknown; password: string } = { password: "correct horse battery" };
    cycle.self = cycle;
    for (const cause of [cycle, 10n, Symbol("s"), null, 7, () => 1]) {
      const described = describeError(new AuthError("internal_error", { cause }));
      expect(described).toEqual({ code: "internal_error", reason: `thrown: ${typeof cause}` });
    }
  });

  it("tells no reason where there is none", () => {
    expect(JSON.stringify(describeError(new AuthError("not_found")))).toBe('{"code":"not_found"}');
  });
});
