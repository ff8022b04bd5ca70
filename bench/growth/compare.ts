import type { Figure } from "../support/report.ts";
import { median } from "../support/statistics.ts";
import type { Sample, Samples, Stage } from "./samples.ts";

/**
 * What was measured with the most people in the table, each with its requests and in times of the same with the fewest; then
 * all of it at each size.
 */
export function figuresOf(stages: readonly Stage[]): readonly Figure[] {
  const [first, last] = [stages[0], stages.at(-1)];
  if (!first || !last) return [];
  const of = withPeople(first);
  const measured = timed(last.many);
  const figures = [...last.many.keys()].map((name): Figure => {
    const requests = requestsOf(last.many, name);
    if (!measured.includes(name)) return { name, value: requests, unit: "requests" };
    const value = medianOf(last.many, name, "cpu");
    const ratio = value / medianOf(last.few, name, "cpu");
    return { name: `${name} (${requests})`, value, unit: "ms", of, ratio, wanted: "about 1" };
  });
  return [...figures, ...stages.flatMap((stage) => totalsOf(stage, of))];
}

/** A line for each operation that asks DynamoDB for something else, or consumes other units, than with the fewest people. */
export function brokenBy(stages: readonly Stage[]): readonly string[] {
  return stages.flatMap((stage) =>
    [...stage.many].flatMap(([name, samples]) => {
      const usual = new Set(stage.few.get(name)?.map(asked));
      const others = [...new Set(samples.map(asked))].filter((each) => !usual.has(each));
      if (others.length === 0) return [];
      return [`${name}, ${withPeople(stage)}: ${others.join(" or ")}, else ${[...usual].join(" or ")}`];
    }),
  );
}

/** All operations that are timed together, once each: CPU, and on the clock, which is for information. */
function totalsOf(stage: Stage, of: string): readonly Figure[] {
  const sum = (samples: Samples, what: "cpu" | "wall") =>
    timed(samples).reduce((total, name) => total + medianOf(samples, name, what), 0);
  return (["cpu", "wall"] as const).map((what) => {
    const value = sum(stage.many, what);
    return {
      name: `${what === "cpu" ? "all of them" : "all of them on the clock"}, ${withPeople(stage)}`,
      value,
      unit: "ms",
      of,
      ratio: value / sum(stage.few, what),
      ...(what === "cpu" && { wanted: "about 1" }),
    };
  });
}

/** What was done in every round. Of less the median would be left to chance. */
function timed(samples: Samples): readonly string[] {
  const rounds = Math.max(...[...samples.values()].map(({ length }) => length));
  return [...samples].filter(([, { length }]) => length === rounds).map(([name]) => name);
}

function withPeople({ people }: Stage): string {
  return `with ${people.toLocaleString("en")} people`;
}

function medianOf(samples: Samples, name: string, what: "cpu" | "wall"): number {
  return median(samples.get(name)?.map((sample) => sample[what]) ?? []);
}

function requestsOf(samples: Samples, name: string): number {
  return median(samples.get(name)?.map(({ requests }) => requests.split(" ").length) ?? []);
}

function asked({ requests, units }: Sample): string {
  return `${requests} (${units})`;
}
