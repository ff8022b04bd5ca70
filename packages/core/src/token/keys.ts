import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { KeySet } from "@gatehouse/contract";
import { ConfigError } from "../error.ts";
import { parsedSecret } from "../parsed-secret.ts";
import { type SecretName, secretAnew } from "../secrets.ts";
import { type Algorithm, publicHalf, type SigningKey } from "./key.ts";

/** The key that signs today. Its `kid` goes into the header of every token. */
export interface Signer {
  readonly kid: string;
  readonly alg: Algorithm;
  readonly key: KeyObject;
}

/** A key that verifies, with the one algorithm it is for (RFC 8725 section 3.1). */
export interface Verifier {
  readonly alg: Algorithm;
  readonly key: KeyObject;
}

/** @throws ConfigError where the secret `SIGNING_KEYS` is not a private JWK set with one current key. */
export const signer = parsedSecret("SIGNING_KEYS", (text): Signer => {
  const current = readKeys("SIGNING_KEYS", text).filter((jwk) => jwk.state === "current");
  const [jwk] = current;
  if (jwk?.d === undefined || current.length !== 1) {
    throw new ConfigError("SIGNING_KEYS", "should hold exactly one private key whose state is current");
  }
  return { kid: jwk.kid, alg: jwk.alg, key: importPrivateKey("SIGNING_KEYS", jwk) };
});

/** The public keys by `kid`, parsed once: a `Map`, so that no name of a prototype is ever found in it. */
const verifiers = parsedSecret("VERIFICATION_KEYS", (text): ReadonlyMap<string, Verifier> => {
  const keys = readKeys("VERIFICATION_KEYS", text);
  return new Map(
    keys.map((jwk) => [jwk.kid, { alg: jwk.alg, key: importKey("VERIFICATION_KEYS", jwk, createPublicKey) }]),
  );
});

/** The public JWK set, member by member: whatever else the secret holds is not told. */
export const publicKeySet = parsedSecret("VERIFICATION_KEYS", (text): KeySet => {
  return { keys: readKeys("VERIFICATION_KEYS", text).map(publicHalf) };
});

/**
 * The key with this `kid`. One that is not known may be new: the set is read again, though not more often than every
 * ten seconds, so that made-up names cannot make a storm of reads.
 */
export async function verifier(kid: string): Promise<Verifier | undefined> {
  const known = (await verifiers()).get(kid);
  if (known) return known;
  await secretAnew("VERIFICATION_KEYS");
  return (await verifiers()).get(kid);
}

/** @throws ConfigError where the text is not a JWK set of keys that this API could use. */
export function readKeys(name: SecretName, text: string): readonly SigningKey[] {
  const keys = parseJson(text)?.keys;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isSigningKey)) throw unusable(name);
  return keys;
}

/** @throws ConfigError where the key is damaged, too short, or no private one. */
export function importPrivateKey(name: SecretName, jwk: SigningKey): KeyObject {
  return importKey(name, jwk, createPrivateKey);
}

function importKey(
  name: SecretName,
  jwk: SigningKey,
  create: (input: { key: SigningKey; format: "jwk" }) => KeyObject,
): KeyObject {
  try {
    const key = create({ key: jwk, format: "jwk" });
    if ((key.asymmetricKeyDetails?.modulusLength ?? Number.POSITIVE_INFINITY) >= 2048) return key;
  } catch {
    // Said below, without the key's own text.
  }
  throw unusable(name);
}

function unusable(name: SecretName): ConfigError {
  const what = "P-256 keys for ES256 or RSA keys of 2048 bits or more for RS256, each with kid and alg";
  return new ConfigError(name, `should be a JWK set of ${what}`);
}

function parseJson(text: string): { keys?: unknown } | undefined {
  try {
    return JSON.parse(text) as { keys?: unknown };
  } catch {
    return undefined;
  }
}

/** Each key is for signatures, for one algorithm, and of the kind that algorithm needs. */
function isSigningKey(jwk: Partial<SigningKey> | null): jwk is SigningKey {
  if (typeof jwk?.kid !== "string" || jwk.use !== "sig" || "key_ops" in jwk) return false;
  return (
    (jwk.kty === "EC" && jwk.crv === "P-256" && jwk.alg === "ES256") ||
    (jwk.kty === "RSA" && jwk.alg === "RS256")
  );
}
