import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Claims, findFault } from "./claims.ts";

const expected = { now: 1_780_000_000, issuer: "https://auth.example.com", audience: "gatehouse" };

const good: Claims = {
  iss: "https://auth.example.com",
  aud: "gatehouse",
  sub: "01j00000000000000000000000",
  sid: "01j00000000000000000000001",
  jti: "00ff00ff00ff00ff00ff00ff00ff00ff",
  client_id: "first-party",
  iat: 1_780_000_000,
  exp: 1_780_000_900,
  scope: "profile:read profile:write",
  roles: ["member"],
  auth_time: 1_780_000_000,
};

describe("findFault", () => {
  it("has nothing against the claims of a good token", () => {
    expect(findFault(good, expected)).toBeUndefined();
    expect(findFault({ ...good, scope: "", roles: [], nbf: expected.now }, expected)).toBeUndefined();
  });

  it("says of each claim that is missing that it is", () => {
    const faults = Object.keys(good).map((claim) => findFault({ ...good, [claim]: undefined }, expected));
    expect(faults).toEqual([
      "iss is not this issuer",
      "aud does not name this API",
      "sub is missing",
      "sid is missing",
      "jti is missing",
      "client_id is missing",
      "iat is missing",
      "exp is missing",
      "scope is missing",
      "roles is missing",
      "auth_time is missing",
    ]);
  });

  it.each([
    [{ roles: [""] }, "roles is missing"],
    [{ roles: ["admin", 1] }, "roles is missing"],
    [{ iat: expected.now + 6 }, "iat is in the future"],
    [{ nbf: expected.now + 6 }, "nbf is in the future"],
    [{ nbf: "0" }, "nbf is in the future"],
    [{ exp: expected.now }, "expired"],
    [{ exp: expected.now + 3606 }, "exp is too far ahead"],
  ])("refuses %j: %s", (changes, fault) => {
    expect(findFault({ ...good, ...changes }, expected)).toBe(fault);
  });

  it("property: says something of any claims that lack one, whatever their types, and throws nothing", () => {
    const claim = fc.constantFrom(...(Object.keys(good) as (keyof Claims)[]));
    fc.assert(
      fc.property(
        claim,
        fc.dictionary(fc.constantFrom(...Object.keys(good)), fc.anything()),
        (missing, claims) => {
          expect(findFault({ ...good, ...claims, [missing]: undefined }, expected)).toBeTypeOf("string");
        },
      ),
    );
  });

  it("property: believes a time claim of no type but a whole number", () => {
    const noTime = fc.anything().filter((value) => !Number.isSafeInteger(value) || Number(value) < 0);
    fc.assert(
      fc.property(fc.constantFrom("iat", "exp", "auth_time"), noTime, (claim, value) => {
        expect(findFault({ ...good, [claim]: value }, expected)).toBeTypeOf("string");
      }),
    );
  });
});
