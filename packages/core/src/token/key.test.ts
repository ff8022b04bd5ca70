import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { expect, it } from "vitest";
import { generateSigningKey, publicHalf } from "./key.ts";

it("a signing key is a P-256 key pair for ES256 in the state asked for", () => {
  const key = generateSigningKey("next");
  expect(key).toMatchObject({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig", state: "next" });
  const { asymmetricKeyDetails } = createPrivateKey({ key, format: "jwk" });
  expect(asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
});

it("no two keys are the same", () => {
  const keys = Array.from({ length: 10 }, () => generateSigningKey("current"));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(10);
  expect(new Set(keys.map(({ d }) => d)).size).toBe(10);
});

it("kid is the thumbprint of the key (RFC 7638)", () => {
  const { x, y, kid } = generateSigningKey("current");
  const canonical = `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`;
  expect(kid).toBe(createHash("sha256").update(canonical).digest("base64url"));
});

it("the public half cannot sign", () => {
  const half = publicHalf(generateSigningKey("current"));
  expect(Object.keys(half)).toEqual(["kty", "crv", "x", "y", "kid", "alg", "use"]);
  expect(createPublicKey({ key: half, format: "jwk" }).type).toBe("public");
  expect(() => createPrivateKey({ key: half, format: "jwk" })).toThrow();
});
