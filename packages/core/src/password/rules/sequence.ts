import { runsAlong, stripRuns } from "./runs.ts";
import type { Rule } from "./types.ts";

const alphabets = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "αβγδεζηθικλμνξοπρστυφχψω",
  "абвгдежзийклмнопрстуфхцчшщъыьэюя",
];

// Three in a row ("rst", "nop") are in too many words.
const runs = runsAlong(alphabets, 4);

/** Four or more characters in the order of an alphabet or of counting, up or down. */
export const sequence: Rule = {
  reason: "is little more than letters or digits in their usual order; add a few words",
  strip: (text) => stripRuns(text, runs),
};
