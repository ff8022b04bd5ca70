import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { secretKey } from "../secret-key.ts";
import type { CodeItem } from "./code.entity.ts";

/** What the texts of a code are derived from. */
export type Seed = Pick<CodeItem, "userId" | "purpose" | "nonce">;

/** What a link does. `undo` calls off what the code is for, and is mailed to somebody else. */
export type Use = "spend" | "undo";

const codeKey = secretKey("CODE_KEY");

/** The token of a link: `userId.mac`, of which the 256 bits of the MAC are what must not be guessed. */
export async function linkToken(seed: Seed, use: Use = "spend"): Promise<string> {
  return `${seed.userId}.${mac(await codeKey(), seed, use).toString("base64url")}`;
}

/** Six digits to be typed by hand. They are guessable, so their tries are counted and their life is short. */
export async function typedCode(seed: Seed): Promise<string> {
  // Of 2^48 numbers none of the million is likelier than another by more than one part in 10^8.
  const number = mac(await codeKey(), seed, "typed").readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function mac(key: KeyObject, { userId, purpose, nonce }: Seed, use: Use | "typed"): Buffer {
  return createHmac("sha256", key)
    .update(`gatehouse one-time code 1|${purpose}|${use}|${userId}|${nonce}`)
    .digest();
}
