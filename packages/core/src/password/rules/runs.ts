import { fold } from "./fold.ts";

/** Stretches of characters that follow one another on some line, all equally long. */
export interface Runs {
  readonly length: number;
  readonly stretches: ReadonlySet<string>;
}

/** All stretches of this length along the lines, in both directions. */
export function runsAlong(lines: readonly string[], length: number): Runs {
  const stretches = new Set<string>();
  for (const line of lines.map(fold)) {
    for (const way of [line, [...line].reverse().join("")]) {
      for (let at = 0; at + length <= way.length; at++) stretches.add(way.slice(at, at + length));
    }
  }
  return { length, stretches };
}

/** The text without every character that is part of a run of that length or more. */
export function stripRuns(text: string, { length, stretches }: Runs): string {
  let kept = "";
  let runEnds = 0;
  for (let at = 0; at < text.length; at++) {
    if (stretches.has(text.slice(at, at + length))) runEnds = at + length;
    if (at >= runEnds) kept += text.charAt(at);
  }
  return kept;
}
