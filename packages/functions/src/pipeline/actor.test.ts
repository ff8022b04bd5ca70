import { describe, expect, it } from "vitest";
import { readActor } from "./actor.ts";

const context = {
  userId: "01k0qj3v5e8m2n4p6r8t0v2x4z",
  sessionId: "01k0qj3v5e8m2n4p6r8t0v2x50",
  scope: "profile:read",
  exp: 1_784_721_600,
};
const actor = {
  type: "user",
  userId: context.userId,
  sessionId: context.sessionId,
  scope: "profile:read",
};

describe("what the authorizer said", () => {
  it("is read alike from an HTTP API, nested and typed, and from a REST API, flat and in strings", () => {
    const nested = readActor({ requestContext: { authorizer: { lambda: context } } });
    const flat = readActor({
      requestContext: { authorizer: { ...context, exp: "1784721600", principalId: "x" } },
    });
    expect(nested).toEqual({ actor, exp: 1_784_721_600 });
    expect(flat).toEqual(nested);
  });

  it.each([
    ["there is no authorizer", {}],
    ["the authorizer is null", { authorizer: null }],
    ["the authorizer is empty", { authorizer: {} }],
    ["the answer is null", { authorizer: { lambda: null } }],
    [
      "the answer is another authorizer's",
      { authorizer: { jwt: { claims: { sub: context.userId }, scopes: [] } } },
    ],
    ["there is no user", { authorizer: { lambda: { ...context, userId: undefined } } }],
    ["the user is no text", { authorizer: { lambda: { ...context, userId: 7 } } }],
    ["there is no session", { authorizer: { lambda: { ...context, sessionId: undefined } } }],
    ["there is no scope", { authorizer: { lambda: { ...context, scope: undefined } } }],
  ])("names nobody where %s", (_name, requestContext) => {
    expect(readActor({ requestContext })).toBeUndefined();
  });

  it.each([undefined, null, "", "soon", {}])("has expired where its time of expiry is %j", (exp) => {
    expect(readActor({ requestContext: { authorizer: { lambda: { ...context, exp } } } })?.exp).toBe(0);
  });
});
