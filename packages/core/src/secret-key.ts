import { createSecretKey, type KeyObject } from "node:crypto";
import { ConfigError } from "./error.ts";
import { type SecretName, secret } from "./secrets.ts";

/**
 * A reader of one secret that is 32 random bytes or more in base64url. The key is made once for each value: HMAC with
 * a `KeyObject` is several times faster than with the bytes.
 *
 * @throws ConfigError where it is shorter.
 */
export function secretKey(name: SecretName): () => Promise<KeyObject> {
  let known: { text: string; key: KeyObject } | undefined;
  return async () => {
    const text = await secret(name);
    if (known?.text !== text) known = { text, key: read(name, text) };
    return known.key;
  };
}

function read(name: SecretName, text: string): KeyObject {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length < 32) throw new ConfigError(name, "should be at least 32 random bytes in base64url");
  return createSecretKey(bytes);
}
