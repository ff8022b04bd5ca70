import { createHash, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import type { PublicKey } from "@gatehouse/contract";

/** The one algorithm tokens are signed with (RFC 7518 section 3.4). */
export const algorithm = "ES256";

/** `current` signs; all three verify. */
export type KeyState = "next" | "current" | "previous";

/** A private signing key as the secret holds it (RFC 7517), with the one member of ours, `state`. */
export interface SigningKey extends JsonWebKey {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: typeof algorithm;
  readonly use: "sig";
  readonly state: KeyState;
}

/** A new P-256 key. Its `kid` is the JWK thumbprint (RFC 7638). */
export function generateSigningKey(state: KeyState): SigningKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = privateKey.export({ format: "jwk" }) as Pick<SigningKey, "kty" | "crv" | "x" | "y" | "d">;
  return { ...jwk, kid: thumbprint(jwk), alg: algorithm, use: "sig", state };
}

/** The public half of a signing key: the members that verify, and none that sign. */
export function publicHalf({ kty, crv, x, y, kid, alg, use }: SigningKey): PublicKey {
  return { kty, crv, x, y, kid, alg, use };
}

/** RFC 7638 section 3: the SHA-256 of the required members, in lexicographic order and without spaces. */
function thumbprint({ crv, kty, x, y }: Pick<SigningKey, "kty" | "crv" | "x" | "y">): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
