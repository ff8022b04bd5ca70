import { writeFileSync } from "node:fs";
import { config } from "../src/config.ts";
import { generateSecrets } from "../src/generate-secrets.ts";
import { forgetSecrets, type SecretName } from "../src/secrets.ts";
import { publicHalf, type SigningKey } from "../src/token/key.ts";

/** Gives this test file's stage new secrets, some of them as they are said here, and has them read at once. */
export function setSecrets(changes: Partial<Record<SecretName, string>>): void {
  writeFileSync(config().secrets.slice("file:".length), JSON.stringify({ ...generateSecrets(), ...changes }));
  forgetSecrets();
}

/** Gives this test file's stage these keys and no others. */
export function setKeys(...keys: readonly SigningKey[]): void {
  setSecrets({
    SIGNING_KEYS: JSON.stringify({ keys }),
    VERIFICATION_KEYS: JSON.stringify({ keys: keys.map(publicHalf) }),
  });
}
