import { createSecretKey, type KeyObject } from "node:crypto";
import { ConfigError } from "./error.ts";
import { parsedSecret } from "./parsed-secret.ts";
import type { SecretName } from "./secrets.ts";

/**
 * A reader of one secret that is 32 random bytes or more in base64url. The key is made once for each value: HMAC with
 * a `KeyObject` is several times faster than with the bytes.
 *
 * @throws ConfigError where it is shorter.
 */
export function secretKey(name: SecretName): () => Promise<KeyObject> {
  return parsedSecret(name, (text) => readSecretKey(name, text));
}

/** @throws ConfigError */
export function readSecretKey(name: SecretName, text: string): KeyObject {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length < 32) throw new ConfigError(name, "should be at least 32 random bytes in base64url");
  return createSecretKey(bytes);
}
