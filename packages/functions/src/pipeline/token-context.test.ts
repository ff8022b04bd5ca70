import { routes } from "@gatehouse/contract";
import { afterEach, describe, expect, it, vi } from "vitest";
import { call, lambdaContext } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { captureStdout } from "../../test/stdout.ts";
import { handle } from "../handle.ts";
import type { Actor } from "./event.ts";

captureStdout();

const now = Date.parse("2026-07-22T12:00:00Z");
const context = { userId: "u1", sessionId: "s1", scope: "profile:read", exp: now / 1000 + 900 };

let actor: Actor | undefined;
const handler = handle(routes.me, (input) => {
  actor = input.actor;
  throw new Error("far enough");
});

async function ask(request: Parameters<typeof call>[1]) {
  vi.useFakeTimers({ toFake: ["Date"], now });
  return call(handler, { method: "GET", path: "/me", ...request });
}

afterEach(() => {
  actor = undefined;
  vi.useRealTimers();
});

describe("a handler behind the authorizer", () => {
  it("is told who acts", async () => {
    await ask({ context });
    expect(actor).toEqual({ type: "user", userId: "u1", sessionId: "s1", scope: "profile:read" });
  });

  it("is told the same by a REST API, whose context is flat and of strings", async () => {
    const flat = { ...context, exp: String(context.exp), principalId: "u1", integrationLatency: 7 };
    const event = eventOf({ method: "GET", path: "/me" });
    const requestContext = { ...event.requestContext, authorizer: flat } as typeof event.requestContext;
    vi.useFakeTimers({ toFake: ["Date"], now });
    await handler({ ...event, requestContext }, lambdaContext);
    expect(actor).toEqual({ type: "user", userId: "u1", sessionId: "s1", scope: "profile:read" });
  });

  it("is not run without an authorizer's word, and the answer names no error", async () => {
    const { status, headers } = await ask({});
    expect([status, headers["www-authenticate"], actor]).toEqual([401, "Bearer", undefined]);
  });

  it("is not run once the token has expired, though a kept answer of the authorizer still lets it in", async () => {
    for (const exp of [now / 1000, now / 1000 - 1, 0, -1, "soon", null]) {
      const { status, headers } = await ask({ context: { ...context, exp } });
      expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
      expect(actor).toBeUndefined();
    }
  });

  it("is run to the last second of the token", async () => {
    await ask({ context: { ...context, exp: now / 1000 + 1 } });
    expect(actor).toBeDefined();
  });

  it("is not run for a token whose scope does not cover this very route", async () => {
    for (const scope of ["", "profile:write", "profile:read2", "profile", "openid email"]) {
      const { status, headers } = await ask({ context: { ...context, scope } });
      expect(status).toBe(403);
      expect(headers["www-authenticate"]).toBe('Bearer error="insufficient_scope", scope="profile:read"');
      expect(actor).toBeUndefined();
    }
  });

  it("believes no header about who acts", async () => {
    const headers = {
      "x-user-id": "somebody",
      "x-amzn-oidc-identity": "somebody",
      "x-authorizer-userid": "somebody",
      authorization: "Bearer a.b.c",
    };
    expect((await ask({ headers })).status).toBe(401);
    await ask({ headers, context });
    expect(actor?.userId).toBe("u1");
  });

  it("reads a token from no query and no body", async () => {
    const { status } = await ask({ query: { access_token: "a.b.c" }, body: "access_token=a.b.c" });
    expect(status).toBe(401);
  });
});
