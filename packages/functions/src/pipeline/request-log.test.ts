import { routes } from "@gatehouse/contract";
import { afterEach, describe, expect, it, vi } from "vitest";
import { anything } from "../../test/anything.ts";
import { call } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { captureStdout } from "../../test/stdout.ts";

const stdout = captureStdout();

afterEach(() => vi.useRealTimers());

/** A fresh container: the modules are loaded anew. */
async function coldStart() {
  vi.resetModules();
  const { handle } = await import("../handle.ts");
  const { AuthError } = await import("@gatehouse/core/error");
  return { handle, AuthError };
}

const context = { userId: "01k0qj3v5e8m2n4p6r8t0v2x4z", sessionId: "s", scope: "profile:read", exp: 9e9 };

describe("the log of a request", () => {
  it("is one line with its id, route, status, duration and whether the container was cold", async () => {
    const { handle } = await coldStart();
    vi.useFakeTimers({ toFake: ["Date"], now: 1_784_721_600_000 });
    const handler = handle(routes.health, () => {
      vi.setSystemTime(1_784_721_600_042);
      return { status: "ok" as const };
    });
    await call(handler, { requestId: "r-1" });
    await call(handler, { requestId: "r-2" });
    const line = {
      level: "INFO",
      message: "request",
      service: "gatehouse",
      timestamp: "2026-07-22T12:00:00.042Z",
      route: "health",
      status: 200,
    };
    expect(stdout.lines()).toEqual([
      { ...line, correlationId: "r-1", durationMs: 42, coldStart: true },
      { ...line, correlationId: "r-2", durationMs: 0, coldStart: false },
    ]);
  });

  it("is followed by a count where a secret or a setting could not be used, however deep that is the cause", async () => {
    const { handle, AuthError } = await coldStart();
    const { ConfigError } = await import("@gatehouse/core/error");
    const cause = new Error("no token", { cause: new ConfigError("SIGNING_KEYS", "is not set") });
    const handler = handle(routes.health, () => {
      throw new AuthError("unavailable", { cause });
    });
    await call(handler);
    expect(stdout.counts()).toMatchObject([{ Errors5xx: 1, ConfigurationRefused: 1, ColdStart: 1 }]);
  });

  it("is found by the end of the instance that the problem document names", async () => {
    const { handle, AuthError } = await coldStart();
    const handler = handle(routes.health, () => {
      throw new AuthError("unavailable");
    });
    const { body } = await call(handler, { requestId: "r-3" });
    expect(stdout.lines()).toMatchObject([{ correlationId: body.instance.slice("urn:request:".length) }]);
    expect(body.instance).toBe("urn:request:r-3");
  });

  it.each([
    ["not_found", "INFO"],
    ["email_taken", "INFO"],
    ["invalid_credentials", "WARN"],
    ["wrong_password", "WARN"],
    ["too_many_requests", "WARN"],
    ["internal_error", "ERROR"],
    ["unavailable", "ERROR"],
  ] as const)("of %s is of the level %s", async (code, level) => {
    const { handle, AuthError } = await coldStart();
    const handler = handle(anything, () => {
      throw new AuthError(code, code === "too_many_requests" ? { retryAfterSeconds: 1 } : {});
    });
    await call(handler);
    expect(stdout.lines()).toMatchObject([{ level, error: { code } }]);
  });

  it("is a failure where nothing was answered", async () => {
    const { requestLog } = await import("./request-log.ts");
    const { before, onError } = requestLog(routes.health);
    const request = { event: eventOf({}), response: null, error: null } as never;
    await before?.(request);
    await onError?.(request);
    expect(stdout.lines()).toMatchObject([{ level: "ERROR", status: 500 }]);
    expect(stdout.counts()).toMatchObject([{ Errors5xx: 1 }]);
  });

  it("tells who acted, and why a request was refused", async () => {
    const { handle, AuthError } = await coldStart();
    const handler = handle(routes.me, () => {
      throw new AuthError("invalid_token", { cause: "its user is gone or disabled" });
    });
    await call(handler, { context });
    expect(stdout.lines()).toMatchObject([
      {
        route: "me",
        status: 401,
        userId: context.userId,
        error: { code: "invalid_token", reason: "its user is gone or disabled" },
      },
    ]);
  });

  it("tells the stack of a fault of ours", async () => {
    const { handle } = await coldStart();
    const handler = handle(routes.health, () => {
      throw new RangeError("out of range");
    });
    await call(handler);
    expect(stdout.lines()).toMatchObject([
      {
        error: {
          code: "internal_error",
          reason: "RangeError: out of range",
          stack: expect.stringContaining("request-log.test.ts"),
        },
      },
    ]);
  });

  it("holds nothing a caller sent: no body, header, cookie, query or token", async () => {
    const { handle, AuthError } = await coldStart();
    const login = handle(routes.login, () => {
      throw new AuthError("invalid_credentials");
    });
    const marks = {
      headers: {
        authorization: "Bearer MARK.a.b",
        cookie: "session=MARK",
        "x-mark": "MARK",
        origin: "https://MARK",
      },
      query: { token: "MARK" },
      userAgent: "MARK",
    };
    const bodies = [
      { email: "MARK@example.com", password: "MARK" },
      { email: "MARK", MARK: 1 },
      '{"password":"MARK',
      'MARK{"password":',
      '{"__proto__":"MARK"}',
      `"${"MARK".repeat(5000)}"`,
    ];
    for (const body of bodies) await call(login, { ...marks, body });
    await call(login, { ...marks, body: "MARK", headers: { "content-type": "MARK" } });
    expect(stdout.lines()).toHaveLength(bodies.length + 1);
    expect(stdout.text()).not.toMatch(/MARK/i);
  });

  it("cannot be forged by an id with line breaks in it", async () => {
    const { handle } = await coldStart();
    await call(
      handle(routes.health, () => ({ status: "ok" as const })),
      { requestId: 'x"}\r\n{"message":"forged"}' },
    );
    expect(stdout.lines()).toMatchObject([{ message: "request" }]);
    expect(stdout.text()).not.toContain("\r");
  });
});
