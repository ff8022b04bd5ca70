import type { Samples } from "./measure.ts";

/** A line for each answer that was not as the first kind's first: what it had, and what it had not. */
export function differencesOf(what: string, samples: readonly Samples[]): readonly string[] {
  const [expected = ""] = samples[0]?.traces ?? [];
  return samples.flatMap(({ name, traces }) =>
    [...traces]
      .filter((trace) => trace !== expected)
      .map(
        (trace) => `${what}, ${name}: ${linesOnlyIn(trace, expected)}, not ${linesOnlyIn(expected, trace)}`,
      ),
  );
}

/** Where the lines are the same, their order is not. */
function linesOnlyIn(trace: string, other: string): string {
  const others = new Set(other.split("\n"));
  const only = trace.split("\n").filter((line) => !others.has(line));
  return only.length > 0 ? only.join(" | ") : trace.split("\n").join(" | ");
}
