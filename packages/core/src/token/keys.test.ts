import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { reasonOf } from "../../test/refusal.ts";
import { setKeys, setSecrets } from "../../test/stage-keys.ts";
import { forgetSecrets } from "../secrets.ts";
import * as Token from "./index.ts";
import { generateSigningKey, type KeyState, publicHalf, type SigningKey } from "./key.ts";
import { publicKeySet, signer, verifier } from "./keys.ts";

const subject = { sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 };
const issue = () => Token.issue(subject, 900);

beforeEach(() => setSecrets({}));

function inState(key: SigningKey, state: KeyState): SigningKey {
  return { ...key, state };
}

describe.each([
  ["ES256", "ES256"],
  ["RS256", "RS256"],
  ["ES256", "RS256"],
  ["RS256", "ES256"],
] as const)("rotation from %s to %s", (from, to) => {
  const old = generateSigningKey(from, "current");
  const fresh = generateSigningKey(to, "next");

  it("moves on without refusing a token, until the old key is retired", async () => {
    setKeys(old, fresh);
    const early = await issue();
    setKeys(inState(fresh, "current"), inState(old, "previous"));
    const late = await issue();
    await expect(Token.verify(early)).resolves.toHaveProperty("jti");
    await expect(Token.verify(late)).resolves.toHaveProperty("jti");

    setKeys(inState(fresh, "current"));
    await expect(Token.verify(late)).resolves.toHaveProperty("jti");
    expect(await reasonOf(Token.verify(early))).toBe("kid names no key of this stage");
  });

  it("signs with the current key alone", async () => {
    setKeys(inState(old, "previous"), inState(fresh, "current"), generateSigningKey("ES256", "next"));
    expect(await signer()).toMatchObject({ kid: fresh.kid, alg: to });
  });

  it("tells all three public keys", async () => {
    const next = generateSigningKey("ES256", "next");
    setKeys(inState(old, "previous"), inState(fresh, "current"), next);
    const { keys } = await publicKeySet();
    expect(keys.map(({ kid }) => kid)).toEqual([old.kid, fresh.kid, next.kid]);
  });
});

describe.each(["ES256", "RS256"] as const)("with keys for %s", (alg) => {
  it("another stage's keys do not verify this stage's tokens, under whichever name", async () => {
    const [ours, theirs] = [generateSigningKey(alg, "current"), generateSigningKey(alg, "current")];
    setKeys(ours);
    const token = await issue();
    setKeys(theirs);
    expect(await reasonOf(Token.verify(token))).toBe("kid names no key of this stage");
    setKeys({ ...theirs, kid: ours.kid });
    expect(await reasonOf(Token.verify(token))).toBe("invalid signature");
  });

  it("what verifies is public, and is told without a private member, even where the secret holds one", async () => {
    const key = generateSigningKey(alg, "current");
    setSecrets({ VERIFICATION_KEYS: JSON.stringify({ keys: [{ ...key, note: "ours" }] }) });
    expect((await verifier(key.kid))?.key.type).toBe("public");
    expect((await publicKeySet()).keys).toEqual([publicHalf(key)]);
  });
});

it("keys are parsed once, and again when the secret changes", async () => {
  const first = await signer();
  expect(await signer()).toBe(first);
  forgetSecrets();
  expect(await signer()).toBe(first);
  setSecrets({});
  expect(await signer()).not.toBe(first);
});

describe("a start is refused, with the name of the secret, where the keys are", () => {
  const key = generateSigningKey("ES256", "current");
  const rsa = (modulusLength: number) =>
    generateKeyPairSync("rsa", { modulusLength }).privateKey.export({ format: "jwk" });
  const ec = (namedCurve: string) =>
    generateKeyPairSync("ec", { namedCurve }).privateKey.export({ format: "jwk" });
  const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const named = (alg: string) => ({ kid: "k", alg, use: "sig", state: "current" });
  const rows: Record<string, unknown> = {
    "not there": undefined,
    empty: "",
    "not JSON": "{",
    null: "null",
    "a list": "[]",
    "no set": JSON.stringify(key),
    "an empty set": { keys: [] },
    "no list": { keys: { 0: key } },
    "null in a list": { keys: [null] },
    "text in a list": { keys: ["key"] },
    "RSA of 1024 bits": { keys: [{ ...rsa(1024), ...named("RS256") }] },
    "RSA of 2047 bits": { keys: [{ ...rsa(2047), ...named("RS256") }] },
    "RSA under the name of the other algorithm": { keys: [{ ...rsa(2048), ...named("ES256") }] },
    "EC under the name of the other algorithm": { keys: [{ ...key, alg: "RS256" }] },
    "RSA for PS256": { keys: [{ ...rsa(2048), ...named("PS256") }] },
    "P-384": { keys: [{ ...ec("P-384"), ...named("ES256") }] },
    "P-384 for ES384": { keys: [{ ...ec("P-384"), ...named("ES384") }] },
    secp256k1: { keys: [{ ...ec("secp256k1"), ...named("ES256") }] },
    Ed25519: { keys: [{ ...ed25519, ...named("EdDSA") }] },
    "for encryption": { keys: [{ ...key, use: "enc" }] },
    "for whatever": { keys: [{ ...key, use: undefined }] },
    "for operations of its own": { keys: [{ ...key, key_ops: ["wrapKey"] }] },
    "a shared secret": { keys: [{ kty: "oct", k: "c2VjcmV0", ...named("ES256") }] },
    "a shared secret for HS256": { keys: [{ kty: "oct", k: "c2VjcmV0", ...named("HS256") }] },
    "of another alg": { keys: [{ ...key, alg: "HS256" }] },
    "of no alg": { keys: [{ ...key, alg: undefined }] },
    "of no kid": { keys: [{ ...key, kid: undefined }] },
    "of a kid that is no text": { keys: [{ ...key, kid: 7 }] },
    "no point of the curve": { keys: [{ ...key, x: key.y, y: key.y }] },
    "without x": { keys: [{ ...key, x: undefined }] },
    "one good, one bad": { keys: [key, { ...key, crv: "P-384" }] },
  };

  it.each(Object.entries(rows))("%s", async (_, value) => {
    const text = typeof value === "object" ? JSON.stringify(value) : (value as string);
    setSecrets({ SIGNING_KEYS: text, VERIFICATION_KEYS: text });
    await expect(signer()).rejects.toThrow(/^SIGNING_KEYS: /);
    await expect(verifier("k")).rejects.toThrow(/^VERIFICATION_KEYS: /);
  });

  const current = "SIGNING_KEYS: should hold exactly one private key whose state is current";
  it.each([
    ["none current", [inState(key, "next")]],
    ["two current", [key, generateSigningKey("ES256", "current")]],
    ["only public", [publicHalf(key)]],
    ["public where it is current", [{ ...publicHalf(key), state: "current" }]],
  ])("for signing %s", async (_, keys) => {
    setSecrets({ SIGNING_KEYS: JSON.stringify({ keys }) });
    await expect(signer()).rejects.toThrow(current);
  });

  it("but not where they are RSA of 2048 bits", async () => {
    const keys = [{ ...rsa(2048), ...named("RS256") }];
    setSecrets({ SIGNING_KEYS: JSON.stringify({ keys }), VERIFICATION_KEYS: JSON.stringify({ keys }) });
    await expect(Token.verify(await issue())).resolves.toMatchObject({ sub: "u" });
  });
});
