import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Algorithm, generateSigningKey, publicHalf } from "./key.ts";

it("a signing key is a P-256 key pair for ES256 in the state asked for", () => {
  const key = generateSigningKey("ES256", "next");
  expect(key).toMatchObject({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig", state: "next" });
  const { asymmetricKeyDetails } = createPrivateKey({ key, format: "jwk" });
  expect(asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
});

it("or an RSA key pair of 3072 bits for RS256, which is 128 bits strong (NIST SP 800-57 part 1, table 2)", () => {
  const key = generateSigningKey("RS256", "next");
  expect(key).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig", state: "next" });
  const { asymmetricKeyDetails } = createPrivateKey({ key, format: "jwk" });
  expect(asymmetricKeyDetails).toMatchObject({ modulusLength: 3072, publicExponent: 65537n });
});

it("it says since when it is in its state", () => {
  const before = Math.floor(Date.now() / 1000);
  const { since } = generateSigningKey("ES256", "current");
  expect(since).toBeGreaterThanOrEqual(before);
  expect(since).toBeLessThanOrEqual(Date.now() / 1000);
});

it("no two keys are the same", () => {
  const keys = Array.from({ length: 10 }, () => generateSigningKey("ES256", "current"));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(10);
  expect(new Set(keys.map(({ d }) => d)).size).toBe(10);
});

describe.each<[Algorithm, readonly string[]]>([
  ["ES256", ["crv", "kty", "x", "y"]],
  ["RS256", ["e", "kty", "n"]],
])("of a key for %s", (alg, required) => {
  const key = generateSigningKey(alg, "current");

  it("kid is the thumbprint: its required members in alphabetic order, hashed (RFC 7638)", () => {
    const members = required.map((name) => `"${name}":"${(key as unknown as Record<string, string>)[name]}"`);
    expect(key.kid).toBe(createHash("sha256").update(`{${members.join()}}`).digest("base64url"));
  });

  it("the public half verifies, cannot sign and holds nothing else", () => {
    const half = publicHalf(key);
    expect(Object.keys(half).sort()).toEqual([...required, "alg", "kid", "use"].sort());
    expect(createPublicKey({ key: half, format: "jwk" }).type).toBe("public");
    expect(() => createPrivateKey({ key: half, format: "jwk" })).toThrow();
  });
});
