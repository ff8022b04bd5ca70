import { fold } from "./fold.ts";

/** Shorter runs are in every other word. */
const shortest = 4;

/** All stretches of four characters along the lines, in both directions. */
export function runsAlong(lines: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  for (const line of lines.map(fold)) {
    for (const way of [line, [...line].reverse().join("")]) {
      for (let at = 0; at + shortest <= way.length; at++) runs.add(way.slice(at, at + shortest));
    }
  }
  return runs;
}

/** The text without every character that is part of a run. */
export function stripRuns(text: string, runs: ReadonlySet<string>): string {
  let kept = "";
  let runEnds = 0;
  for (let at = 0; at < text.length; at++) {
    if (runs.has(text.slice(at, at + shortest))) runEnds = at + shortest;
    if (at >= runEnds) kept += text.charAt(at);
  }
  return kept;
}
