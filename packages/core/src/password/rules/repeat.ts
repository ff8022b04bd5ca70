import type { Rule } from "./types.ts";

/** No common password is longer. What is longer must hold by itself and may well be said twice. */
const longestUnit = 20;

/** Characters that only repeat what came before them: "aaaaaaaa", "abcabcabc", "sunshine sunshine". */
export const repeat: Rule = {
  reason: "is a few characters over and over; add a few words",
  strip(text) {
    let kept = [...text];
    for (let period = 1; period <= longestUnit; period++) kept = stripPeriod(kept, period);
    return kept.join("");
  },
};

/** Drops each stretch that copies, character by character, the text one period before. */
function stripPeriod(characters: readonly string[], period: number): string[] {
  // One copied character is the double letter of a word; four need not be the whole unit ("love, love").
  const shortestCopy = Math.min(Math.max(period, 2), 4);
  const kept: string[] = [];
  let copied = 0;
  for (const [at, character] of characters.entries()) {
    kept.push(character);
    copied = character === characters[at - period] ? copied + 1 : 0;
    if (copied === shortestCopy) kept.length -= shortestCopy;
    if (copied > shortestCopy) kept.pop();
  }
  return kept;
}
