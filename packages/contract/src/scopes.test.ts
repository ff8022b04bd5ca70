import { describe, expect, it } from "vitest";
import { hasScope, scopes, userScopes } from "./scopes.ts";

describe("the scope string of a token", () => {
  it("names scopes between spaces, in any order", () => {
    expect(hasScope("profile:read", "profile:read")).toBe(true);
    expect(hasScope("profile:write profile:read", "profile:read")).toBe(true);
  });

  it.each([
    "",
    " ",
    "profile",
    "profile:",
    "profile:readonly",
    "xprofile:read",
    "PROFILE:READ",
    "profile:read,profile:write",
    "profile:read\tprofile:write",
    "*",
    "profile:*",
    "profile:write",
  ])("%j does not name profile:read", (granted) => {
    expect(hasScope(granted, "profile:read")).toBe(false);
  });
});

it("a log-in grants every scope there is", () => {
  expect(userScopes).toEqual(Object.keys(scopes));
  for (const scope of userScopes) expect(hasScope(userScopes.join(" "), scope)).toBe(true);
});

it("a scope has no space in it, or two of them would be read (RFC 6749 section 3.3)", () => {
  for (const scope of userScopes) expect(scope).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/);
});
