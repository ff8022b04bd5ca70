import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { KeySet } from "@gatehouse/contract";
import { ConfigError } from "../error.ts";
import { type SecretName, secret } from "../secrets.ts";
import { algorithm, publicHalf, type SigningKey } from "./key.ts";

/** The key that signs today. Its `kid` goes into the header of every token. */
export interface Signer {
  readonly kid: string;
  readonly key: KeyObject;
}

/** @throws ConfigError where the secret `SIGNING_KEYS` is not a private JWK set with one current key. */
export const signer = parsedOnce("SIGNING_KEYS", (text): Signer => {
  const current = readKeys("SIGNING_KEYS", text).filter((jwk) => jwk.state === "current");
  const [jwk] = current;
  if (jwk?.d === undefined || current.length !== 1) {
    throw new ConfigError("SIGNING_KEYS", "should hold exactly one private key whose state is current");
  }
  return { kid: jwk.kid, key: importKey("SIGNING_KEYS", jwk, createPrivateKey) };
});

/** The public keys by `kid`, parsed once: a `Map`, so that no name of a prototype is ever found in it. */
export const verifiers = parsedOnce("VERIFICATION_KEYS", (text): ReadonlyMap<string, KeyObject> => {
  const keys = readKeys("VERIFICATION_KEYS", text);
  return new Map(keys.map((jwk) => [jwk.kid, importKey("VERIFICATION_KEYS", jwk, createPublicKey)]));
});

/** The public JWK set, member by member: whatever else the secret holds is not told. */
export const publicKeySet = parsedOnce("VERIFICATION_KEYS", (text): KeySet => {
  const keys = readKeys("VERIFICATION_KEYS", text);
  return { keys: keys.map(publicHalf) };
});

/** Reads a secret through its cache and parses it again only when its text has changed. */
function parsedOnce<T>(name: SecretName, parse: (text: string) => T): () => Promise<T> {
  let known: { text: string; value: T } | undefined;
  return async () => {
    const text = await secret(name);
    if (known?.text !== text) known = { text, value: parse(text) };
    return known.value;
  };
}

function readKeys(name: SecretName, text: string): readonly SigningKey[] {
  const keys = parseJson(text)?.keys;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isSigningKey)) throw unusable(name);
  return keys;
}

function importKey(
  name: SecretName,
  jwk: SigningKey,
  create: (input: { key: SigningKey; format: "jwk" }) => KeyObject,
): KeyObject {
  try {
    return create({ key: jwk, format: "jwk" });
  } catch {
    throw unusable(name);
  }
}

function unusable(name: SecretName): ConfigError {
  return new ConfigError(name, `should be a JWK set of P-256 keys, each with kid and alg ${algorithm}`);
}

function parseJson(text: string): { keys?: unknown } | undefined {
  try {
    return JSON.parse(text) as { keys?: unknown };
  } catch {
    return undefined;
  }
}

function isSigningKey(jwk: Partial<SigningKey> | null): jwk is SigningKey {
  return jwk?.kty === "EC" && jwk.crv === "P-256" && jwk.alg === algorithm && typeof jwk.kid === "string";
}
