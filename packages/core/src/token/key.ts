import { createHash, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import type { PublicKey } from "@gatehouse/contract";
import { epochSeconds } from "../clock.ts";

/**
 * What tokens may be signed with (RFC 7518 section 3.1): public keys only, so that nobody who verifies can sign.
 * ES256 unless something must verify that knows RSA only, as API Gateway's own JWT authorizer does.
 */
export const algorithms = ["ES256", "RS256"] as const;

export type Algorithm = (typeof algorithms)[number];

/** `current` signs; all three verify. */
export type KeyState = "next" | "current" | "previous";

/** A private signing key as the secret holds it (RFC 7517), with two members of ours. */
export type SigningKey = PublicKey &
  JsonWebKey & {
    readonly state: KeyState;
    /** Since when it is in this state, in epoch seconds. */
    readonly since: number;
  };

/** A new key, with a thumbprint for its `kid` (RFC 7638). */
export function generateSigningKey(alg: Algorithm, state: KeyState): SigningKey {
  const { privateKey } =
    alg === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 3072 });
  const jwk = privateKey.export({ format: "jwk" });
  return { ...jwk, kid: thumbprint(jwk), alg, use: "sig", state, since: epochSeconds() } as SigningKey;
}

/** The public half of a signing key: the members that verify, and none that sign. */
export function publicHalf(jwk: PublicKey): PublicKey {
  if (jwk.kty === "RSA") {
    const { kty, n, e, kid, alg, use } = jwk;
    return { kty, n, e, kid, alg, use };
  }
  const { kty, crv, x, y, kid, alg, use } = jwk;
  return { kty, crv, x, y, kid, alg, use };
}

/** RFC 7638 section 3: the SHA-256 of the required members, in lexicographic order and without spaces. */
function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  return createHash("sha256").update(JSON.stringify({ crv, e, kty, n, x, y })).digest("base64url");
}
