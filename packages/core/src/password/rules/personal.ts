import { fold, skeleton } from "./fold.ts";
import type { Account, Rule } from "./types.ts";

const product = "gatehouse";

/** Shorter pieces, such as the "de" of a name, are in too many good passwords. */
const shortestWord = 3;

/**
 * What an account says of its owner, and the name of this product: the email, its local part, the name, and every
 * word within them, also reversed, in any case, with digits and signs for letters (OWASP ASVS 5.0, 6.2.11).
 */
export function personal(about: Account): Rule {
  const words = wordsOf(about);
  return {
    reason:
      "is little more than your email, your name or the name of this service; choose something unrelated",
    strip: (text) => words.reduce(stripWord, text),
  };
}

function wordsOf({ email, name = "" }: Account): string[] {
  const beforeLast = (end: string) => email.slice(0, email.lastIndexOf(end));
  // The last label of the domain says nothing of anybody.
  const texts = [beforeLast("@"), beforeLast("."), name, product].map(fold);
  const parts = texts.flatMap((text) => [
    text,
    ...text.split(/[^\p{L}\p{N}]+/u),
    ...text.split(/[^\p{L}]+/u),
  ]);
  const words = [fold(email), ...parts];
  const both = words.flatMap((word) => [word, [...word].reverse().join("")]);
  return [...new Set(both.map(skeleton))]
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length);
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
