import { createHash } from "node:crypto";

/** Whom something is counted for, as its key has it: SHA-256 cut to 128 bits, so that any text is safe there. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
