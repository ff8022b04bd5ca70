import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { codeOf, reasonOf } from "../../test/refusal.ts";
import { config } from "../config.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { forgetSecrets, type SecretName } from "../secrets.ts";
import { Token } from "./index.ts";
import { generateSigningKey, type KeyState, publicHalf, type SigningKey } from "./key.ts";
import { publicKeySet, signer, verifiers } from "./keys.ts";

const subject = { sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 };

beforeEach(() => setSecrets({}));

function setSecrets(changes: Partial<Record<SecretName, string>>): void {
  writeFileSync(config().secrets.slice("file:".length), JSON.stringify({ ...generateSecrets(), ...changes }));
  forgetSecrets();
}

function setKeys(...keys: readonly SigningKey[]): void {
  setSecrets({
    SIGNING_KEYS: JSON.stringify({ keys }),
    VERIFICATION_KEYS: JSON.stringify({ keys: keys.map(publicHalf) }),
  });
}

function inState(key: SigningKey, state: KeyState): SigningKey {
  return { ...key, state };
}

describe("rotation", () => {
  const old = generateSigningKey("current");
  const fresh = generateSigningKey("next");

  it("moves on without refusing a token, until the old key is taken away", async () => {
    setKeys(old, fresh);
    const early = await Token.issue(subject);
    setKeys(inState(fresh, "current"), inState(old, "previous"));
    const late = await Token.issue(subject);
    await expect(Token.verify(early.token)).resolves.toHaveProperty("jti");
    await expect(Token.verify(late.token)).resolves.toHaveProperty("jti");

    setKeys(inState(fresh, "current"));
    await expect(Token.verify(late.token)).resolves.toHaveProperty("jti");
    expect(await reasonOf(Token.verify(early.token))).toBe("kid names no key of this stage");
  });

  it("signs with the current key alone", async () => {
    setKeys(inState(old, "previous"), inState(fresh, "current"), generateSigningKey("next"));
    expect((await signer()).kid).toBe(fresh.kid);
  });

  it("tells all three public keys", async () => {
    const next = generateSigningKey("next");
    setKeys(inState(old, "previous"), inState(fresh, "current"), next);
    const { keys } = await publicKeySet();
    expect(keys.map(({ kid }) => kid)).toEqual([old.kid, fresh.kid, next.kid]);
  });
});

it("another stage's keys do not verify this stage's tokens", async () => {
  const { token } = await Token.issue(subject);
  setSecrets({});
  expect(await codeOf(Token.verify(token))).toBe("invalid_token");
});

it("the public key set tells no private member, even where the secret holds one by mistake", async () => {
  const key = generateSigningKey("current");
  setSecrets({ VERIFICATION_KEYS: JSON.stringify({ keys: [{ ...key, note: "ours" }] }) });
  const { keys } = await publicKeySet();
  expect(keys).toEqual([publicHalf(key)]);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
});

it("keys are parsed once, and again when the secret changes", async () => {
  const first = await verifiers();
  expect(await verifiers()).toBe(first);
  forgetSecrets();
  expect(await verifiers()).toBe(first);
  setSecrets({});
  expect(await verifiers()).not.toBe(first);
});

describe("a start is refused, with the name of the secret, where the keys are", () => {
  const key = generateSigningKey("current");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "jwk" });
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export({ format: "jwk" });
  const secp256k1 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey.export({
    format: "jwk",
  });
  const named = { kid: "k", alg: "ES256", use: "sig", state: "current" };
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
    "RSA, and short": { keys: [{ ...rsa, ...named }] },
    "P-384": { keys: [{ ...p384, ...named }] },
    secp256k1: { keys: [{ ...secp256k1, ...named }] },
    "a shared secret": { keys: [{ kty: "oct", k: "c2VjcmV0", ...named }] },
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
    await expect(verifiers()).rejects.toThrow(/^VERIFICATION_KEYS: /);
  });

  const current = "SIGNING_KEYS: should hold exactly one private key whose state is current";
  it.each([
    ["none current", [inState(key, "next")]],
    ["two current", [key, generateSigningKey("current")]],
    ["only public", [publicHalf(key)]],
    ["public where it is current", [{ ...publicHalf(key), state: "current" }]],
  ])("for signing %s", async (_, keys) => {
    setSecrets({ SIGNING_KEYS: JSON.stringify({ keys }) });
    await expect(signer()).rejects.toThrow(current);
  });
});
