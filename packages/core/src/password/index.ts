export * as Password from "./index.ts";

import { createHmac } from "node:crypto";
import bcrypt from "bcryptjs";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { secretKey } from "../secret-key.ts";
import { findBreach } from "./breach.ts";
import { isBroken, isTooLong } from "./input.ts";
import { findWeakness } from "./rules/index.ts";

/**
 * A stored hash is `hs384-bcrypt` and bcrypt's own text, which carries version, cost and salt:
 * bcrypt(base64(HMAC-SHA-384(pepper, NFC(password)))). The HMAC makes every password 64 characters without NUL,
 * so bcrypt's limit of 72 bytes and its equal treatment of "abc" and "abc\0abc" never show, and a copy of the
 * table alone is worth nothing without the pepper (OWASP Password Storage Cheat Sheet, "Pre-Hashing Passwords
 * with bcrypt" and "Peppering").
 */
const scheme = "hs384-bcrypt";
const storedHash = /^hs384-bcrypt(\$2b\$(\d\d)\$[./A-Za-z0-9]{53})$/;

/**
 * Refuses what the rules find weak and, where `BREACHED_PASSWORD_CHECK` says so, what was found in a breach. That may
 * take a second, so it belongs before the first look at an account, or behind proof of being its owner.
 *
 * @param pointer where in the request the password stands, as a JSON pointer.
 * @throws AuthError `weak_password`, with a sentence for the person in `fields`.
 */
export async function assertAcceptable(
  password: string,
  about: { email: string; name?: string },
  pointer = "/password",
): Promise<void> {
  const { passwordMinLength: minLength, appName } = config();
  const weakness = await (findWeakness(password, { ...about, minLength, appName }) ?? findBreach(password));
  if (weakness) throw new AuthError("weak_password", { fields: [{ pointer, message: weakness }] });
}

/** A new hash with a salt of its own (16 random bytes) at the cost of `PASSWORD_COST`. */
export async function hash(password: string): Promise<string> {
  return scheme + (await bcrypt.hash(await prehash(password), config().passwordCost));
}

/**
 * Whether the password is the one that was hashed. Without a stored hash it answers false after hashing all the
 * same, at today's cost: who asks cannot tell an unknown account by the time it took. Only input that no account
 * can have (broken characters, more than 1,024 bytes) is answered at once.
 *
 * @throws TypeError where the stored hash is none of ours: that is damage, not a wrong password.
 */
export async function matches(password: string, stored: string | undefined): Promise<boolean> {
  if (isTooLong(password) || isBroken(password)) return false;
  const bcryptHash = stored === undefined ? nobodysHash() : parse(stored).bcryptHash;
  const same = await bcrypt.compare(await prehash(password), bcryptHash);
  return same && stored !== undefined;
}

/** Whether a stored hash was made at another cost than today's, and should be made anew at the next log-in. */
export function isOutdated(stored: string): boolean {
  return parse(stored).cost !== config().passwordCost;
}

function parse(stored: string): { bcryptHash: string; cost: number } {
  const [, bcryptHash, cost] = storedHash.exec(stored) ?? [];
  if (bcryptHash === undefined) throw new TypeError("a stored password hash is damaged");
  return { bcryptHash, cost: Number(cost) };
}

/** A well-formed hash of nothing anybody can type. A malformed one would answer a thousand times sooner. */
function nobodysHash(): string {
  const cost = String(config().passwordCost).padStart(2, "0");
  return `$2b$${cost}$${".".repeat(53)}`;
}

async function prehash(password: string): Promise<string> {
  return createHmac("sha384", await pepper())
    .update(password.normalize("NFC"))
    .digest("base64");
}

const pepper = secretKey("PASSWORD_PEPPER");
