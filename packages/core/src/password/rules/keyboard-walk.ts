import { runsAlong, stripRuns } from "./runs.ts";
import type { Rule } from "./types.ts";

/** Each from the digits down, so that the characters of one column have the same index. */
const keyboards = [
  ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"],
  ["1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"],
  ["1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"],
  ["1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
];

const digitsWithShift = "!@#$%^&*()_+";
const numberPad = ["147258369", "741852963", "789456123"];

const straight = runsAlong([...keyboards.flat(), digitsWithShift, ...numberPad], 4);

// There are so many ways to turn that four such keys are in one of 300 random passwords of eight characters.
const turning = runsAlong(keyboards.flatMap(turningLines), 5);

/**
 * Neighbouring keys: four or more along a row, or five or more in a zigzag between two rows, column after column
 * ("1qaz2wsx", and the leaning "zse4xdr5") or three keys of each row ("123qweasd").
 */
export const keyboardWalk: Rule = {
  reason: "is little more than neighbouring keys of a keyboard; add a few words",
  strip: (text) => stripRuns(stripRuns(text, straight), turning),
};

function turningLines(rows: readonly string[]): string[] {
  const letters = rows.slice(1);
  const neighbours = letters.map((_, index) => rows.slice(index, index + 2));
  const leaning = rows.map((row, index) => " ".repeat(index) + row);
  const woven = [...neighbours, rows, letters, leaning].flatMap((lines) => [
    weave(lines),
    weave(lines.toReversed()),
  ]);
  const blocks = [0, 3, 6].map((from) => rows.map((row) => row.slice(from, from + 3)).join(""));
  return [...woven, ...blocks];
}

/** The first characters of all lines, then the second of all, and so on. */
function weave(lines: readonly string[]): string {
  const length = Math.max(...lines.map((line) => line.length));
  return Array.from({ length }, (_, at) => lines.map((line) => line.charAt(at).trim()).join("")).join("");
}
