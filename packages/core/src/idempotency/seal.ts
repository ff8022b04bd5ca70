import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { secretKey } from "../secret-key.ts";

const key = secretKey("CODE_KEY");

/** A MAC of a text under this stage's key, for one use of it: 64 hex digits. */
export async function macOf(use: string, text: string): Promise<string> {
  return (await hmac(use, text)).toString("hex");
}

/** Encrypts a text so that only who knows the password-like `by` can read it again, with this stage's key (AES-256-GCM). */
export async function seal(text: string, by: string): Promise<string> {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", await hmac("seal", by), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @throws Error where it was sealed by another, or is damaged. */
export async function unseal(sealed: string, by: string): Promise<string> {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", await hmac("seal", by), bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

async function hmac(use: string, text: string): Promise<Buffer> {
  return createHmac("sha256", await key())
    .update(`gatehouse idempotency 1|${use}|`)
    .update(text)
    .digest();
}
