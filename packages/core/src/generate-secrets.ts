import { randomBytes } from "node:crypto";
import type { SecretName } from "./secrets.ts";
import type { Algorithm } from "./token/key.ts";
import { createRing, publicRing } from "./token/key-ring.ts";

/** A new set of secrets for one stage, from the system's random source. */
export function generateSecrets(alg: Algorithm = "ES256"): Record<SecretName, string> {
  const ring = createRing(alg);
  return {
    PASSWORD_PEPPER: randomBytes(32).toString("base64url"),
    REFRESH_KEY: randomBytes(32).toString("base64url"),
    CODE_KEY: randomBytes(32).toString("base64url"),
    AUDIT_KEY: randomBytes(32).toString("base64url"),
    SIGNING_KEYS: JSON.stringify(ring),
    VERIFICATION_KEYS: JSON.stringify(publicRing(ring)),
  };
}
