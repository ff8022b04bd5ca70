import { randomBytes } from "node:crypto";
import type { SecretName } from "./secrets.ts";
import { generateSigningKey, publicHalf } from "./token/key.ts";

/** A new set of secrets for one stage, from the system's random source. */
export function generateSecrets(): Record<SecretName, string> {
  const signingKey = generateSigningKey("current");
  return {
    PASSWORD_PEPPER: randomBytes(32).toString("base64url"),
    SIGNING_KEYS: JSON.stringify({ keys: [signingKey] }),
    VERIFICATION_KEYS: JSON.stringify({ keys: [publicHalf(signingKey)] }),
  };
}
