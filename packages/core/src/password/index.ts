import { createHmac } from "node:crypto";
import { type Config, config } from "../config.ts";
import { AuthError } from "../error.ts";
import { argon2id } from "./argon2id.ts";
import { bcrypt } from "./bcrypt.ts";
import { findBreach } from "./breach.ts";
import { isBroken, isTooLong } from "./input.ts";
import { newestPepper, type Pepper, pepperOf } from "./pepper.ts";
import { findWeakness } from "./rules/index.ts";
import type { Scheme } from "./scheme.ts";

const schemes: Readonly<Record<Config["passwordHash"], Scheme>> = { bcrypt, argon2id };

/**
 * A stored hash names the pepper and the scheme, and then is the scheme's own text, which carries cost and salt:
 * scheme(base64(HMAC-SHA-384(pepper, NFC(password)))). The HMAC makes every password 64 characters without NUL, so
 * bcrypt's limit of 72 bytes and its equal treatment of "abc" and "abc\0abc" never show, and a copy of the table alone
 * is worth nothing without the pepper (OWASP Password Storage Cheat Sheet, "Pre-Hashing Passwords with bcrypt" and
 * "Peppering").
 */
const storedHash = /^hs384(?:\.([0-9a-f]{8}))?-(bcrypt|argon2id)(\$.+)$/;

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

/** A new hash, made as the settings say today and with the newest pepper. */
export async function hash(password: string): Promise<string> {
  const { passwordHash } = config();
  const pepper = await newestPepper();
  const text = await schemes[passwordHash].hash(peppered(password, pepper));
  return `hs384.${pepper.id}-${passwordHash}${text}`;
}

/**
 * Whether the password is the one that was hashed. Without a stored hash it answers false after hashing all the
 * same, at today's cost: who asks cannot tell an unknown account by the time it took. Only input that no account
 * can have (broken characters, more than 1,024 bytes) is answered at once.
 *
 * A hash whose pepper was retired matches nothing, after as much work.
 *
 * @throws TypeError where the stored hash is none of ours: that is damage, not a wrong password.
 */
export async function matches(password: string, stored: string | undefined): Promise<boolean> {
  if (isTooLong(password) || isBroken(password)) return false;
  const { scheme, text, pepperId } = stored === undefined ? await nobodys() : parse(stored);
  const pepper = await pepperOf(pepperId);
  const same = await scheme.matches(peppered(password, pepper ?? (await newestPepper())), text);
  return same && stored !== undefined && pepper !== undefined;
}

/** Whether a stored hash was made otherwise than today's would be, and should be made anew at the next log-in. */
export async function isOutdated(stored: string): Promise<boolean> {
  const { scheme, text, pepperId } = parse(stored);
  const isOfToday = scheme === schemes[config().passwordHash] && !scheme.isOutdated(text);
  return !isOfToday || pepperId !== (await newestPepper()).id;
}

interface Parsed {
  readonly scheme: Scheme;
  readonly text: string;
  readonly pepperId: string | undefined;
}

function parse(stored: string): Parsed {
  const [, pepperId, name, text = ""] = storedHash.exec(stored) ?? [];
  const scheme = schemes[name as keyof typeof schemes];
  if (!scheme?.isHash(text)) throw new TypeError("a stored password hash is damaged");
  return { scheme, text, pepperId };
}

async function nobodys(): Promise<Parsed> {
  const scheme = schemes[config().passwordHash];
  return { scheme, text: scheme.nobodys(), pepperId: (await newestPepper()).id };
}

function peppered(password: string, { key }: Pepper): string {
  return createHmac("sha384", key).update(password.normalize("NFC")).digest("base64");
}
