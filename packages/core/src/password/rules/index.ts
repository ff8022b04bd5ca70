import { isBroken, isTooLong } from "../input.ts";
import { common, isCommon } from "./common.ts";
import { date } from "./date.ts";
import { fold } from "./fold.ts";
import { keyboardWalk } from "./keyboard-walk.ts";
import { personal } from "./personal.ts";
import { repeat } from "./repeat.ts";
import { sequence } from "./sequence.ts";
import type { Account, Rule } from "./types.ts";

/** With fewer characters than this beside its weak parts, a password is its weak parts. */
const enough = 5;

/**
 * Says why nobody should have this password and what to do about it, or nothing where it is acceptable. The
 * sentence goes on from "the password": "is shorter than 8 characters; add a few words".
 *
 * Input above 1,024 bytes of UTF-8 or with broken characters is refused first; then what is shorter than
 * `minLength` code points in its NFC form. Nothing is asked of the kinds of characters (NIST SP 800-63B-4
 * section 3.1.1.2), and the password itself is never changed: the rules read a folded copy.
 *
 * A weak part is one that is guessed for free: what the account says of its owner, this product's name, a date, a
 * sequence, a walk over the keyboard, a repeat of what came before. The rules take these out one after the other,
 * and twice, since what one takes out may bring another's together. The password is refused when fewer than five
 * characters are left, or when at any step all but fewer than five are one of the common passwords. So "poiuyt12"
 * is refused because "12" is all that is left, "hunter2024!" because "hunter" is common, and "correct horse
 * qwerty" is accepted: a long password may contain what it likes.
 *
 * Pure and synchronous. Every rule goes over the text a fixed number of times, and the text is capped.
 */
export function findWeakness(password: string, about: Account & { minLength: number }): string | undefined {
  if (isTooLong(password)) return "is longer than 1,024 bytes; choose a shorter one";
  if (isBroken(password)) return "has a broken character in it; type it again";
  if (countCharacters(password.normalize("NFC")) < about.minLength) {
    return `is shorter than ${about.minLength} characters; add a few words`;
  }
  return findPattern(fold(password), [personal(about), date, sequence, keyboardWalk, repeat]);
}

function findPattern(folded: string, rules: readonly Rule[]): string | undefined {
  if (isCommon(folded, enough)) return common;
  let left = folded;
  for (const { strip, reason } of [...rules, ...rules]) {
    const rest = strip(left);
    if (rest === left) continue;
    if (countCharacters(rest) < enough) return reason;
    if (isCommon(rest, enough)) return common;
    left = rest;
  }
  return undefined;
}

function countCharacters(text: string): number {
  return [...text].length;
}
