import { fold, skeleton } from "./fold.ts";
import type { Account, Rule } from "./types.ts";

const product = "gatehouse";

/** Shorter pieces, such as the "de" of a name, are in too many good passwords. */
const shortestWord = 3;

/** Of a whole name written together. The "deli" that "de Li" makes is in good passwords too. */
const shortestJoined = 5;

/**
 * What an account says of its owner, and the name of this product, also the one that the stage gives it: the email,
 * its local part, the name, every word within them, and all of these words together, also reversed, in any case, with
 * digits and signs for letters (OWASP ASVS 5.0, 6.2.11).
 */
export function personal(about: Account): Rule {
  const words = wordsOf(about);
  return {
    reason:
      "is little more than your email, your name or the name of this service; choose something unrelated",
    strip: (text) => words.reduce(stripWord, text),
  };
}

function wordsOf({ email, name = "", appName = "" }: Account): string[] {
  const beforeLast = (end: string) => email.slice(0, email.lastIndexOf(end));
  // The last label of the domain says nothing of anybody.
  const texts = [beforeLast("@"), beforeLast("."), name, product, appName].map(fold);
  const parts = texts.flatMap((text) => [
    text,
    ...joined(text),
    ...text.split(/[^\p{L}\p{N}]+/u),
    ...text.split(/[^\p{L}]+/u),
  ]);
  const words = [fold(email), ...parts];
  const both = words.flatMap((word) => [word, [...word].reverse().join("")]);
  return [...new Set(both.map(skeleton))]
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length);
}

/** All words as one: none of "Li Na Wu" is long enough to count alone. */
function joined(text: string): string[] {
  const word = text.replace(/[^\p{L}\p{N}]+/gu, "");
  return word.length >= shortestJoined ? [word] : [];
}

function stripWord(text: string, word: string): string {
  const searched = skeleton(text);
  let kept = "";
  let from = 0;
  for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, from)) {
    kept += text.slice(from, at);
    from = at + word.length;
  }
  return kept + text.slice(from);
}
