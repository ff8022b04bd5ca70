import { type BloomFilter, mayContain } from "./bloom-filter.ts";
import { bits, hashes } from "./common.generated.js";
import { skeleton } from "./fold.ts";

export const common =
  "is one of the most used passwords, or nearly so; choose one that only you would think of";

let filter: BloomFilter | undefined;

/**
 * Whether a folded text is one of the common passwords, also with signs for letters ("p@ssw0rd"), or is one with
 * fewer than `enough` digits and signs around it ("sunshine!1"). The filter is made by
 * scripts/build-common-passwords.ts.
 */
export function isCommon(text: string, enough: number): boolean {
  filter ??= { bits: Buffer.from(bits, "base64"), hashes };
  const passwords = filter;
  return [...trimsOf(text)]
    .filter((trim) => [...text].length - [...trim].length < enough)
    .some((trim) => mayContain(passwords, skeleton(trim)));
}

/** The text itself; and without the digits and signs before its first letter, after its last, and both. */
function trimsOf(text: string): Set<string> {
  const characters = [...text];
  const start = Math.max(characters.findIndex(isLetter), 0);
  const end = characters.findLastIndex(isLetter) + 1 || characters.length;
  const bounds = [[], [start], [0, end], [start, end]];
  return new Set(bounds.map(([from, to]) => characters.slice(from, to).join("")));
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}
