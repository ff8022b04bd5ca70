import { execFileSync } from "node:child_process";
import { recordLogIn } from "./cold-start/record-log-in.ts";
import { bundleSubjects, empty, type Subject } from "./cold-start/subjects.ts";
import { readFlag, readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { type Figure, report } from "./support/report.ts";
import { ordersOf } from "./support/rounds.ts";
import { median } from "./support/statistics.ts";

const runner = new URL("cold-start/runner.mjs", import.meta.url).pathname;

interface Start {
  /** In milliseconds, until it is loaded and until it has answered. */
  readonly load: number;
  readonly first: number;
  /** What loading added to the memory of the process, in bytes. */
  readonly rss: number;
  readonly status?: number;
}

type Starts = ReadonlyMap<string, Start[]>;

/**
 * What it takes to load a function in a fresh process, with the first answer of the log-in, and what memory loading adds. By
 * turns, in medians and in times of what it is compared with.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { flag: each, rest } = readFlag(args, "--each");
  const { runs } = readNumbers(rest, { runs: 20 });
  await using _ = await openPlace({ PASSWORD_HASH: "bcrypt" });
  using subjects = await bundleSubjects(await recordLogIn(), { each });
  // Not counted: it reads the files for the first time, and makes the code cache.
  for (const subject of subjects.all) start(subject);
  const starts: Starts = new Map(subjects.all.map(({ name }): [string, Start[]] => [name, []]));
  for (const order of ordersOf(subjects.all.length, runs)) {
    for (const index of order) {
      const subject = subjects.all[index] as Subject;
      starts.get(subject.name)?.push(start(subject));
    }
  }
  const told = subjects.all.filter(({ name, isWithout = false }) => name !== empty && isWithout === each);
  report(
    each ? "cold-start-each" : "cold-start",
    `Fresh processes, medians of ${runs} each by turns, over an empty handler`,
    told.flatMap((subject) => figuresOf(subject, starts)),
  );
  return [];
}

function figuresOf({ name, of = [], memory }: Subject, starts: Starts): readonly Figure[] {
  const over = (who: string, what: (start: Start) => number) => {
    const medianOf = (each: string) => median(starts.get(each)?.map(what) ?? []);
    return medianOf(who) - medianOf(empty);
  };
  const time = (who: string) => over(who, ({ first }) => first);
  const figure: Figure = { name, value: time(name), unit: "ms" };
  const compared = of.map(([base, wanted]) => ({
    ...figure,
    of: base,
    ratio: time(name) / time(base),
    ...(wanted && { wanted }),
  }));
  const megabytes = over(name, ({ rss }) => rss) / 1e6;
  return [
    ...(compared.length > 0 ? compared : [figure]),
    { name, value: megabytes, unit: "MB", ...(memory && { wanted: `<= ${memory}` }) },
  ];
}

/** In a process that knows what a deployed function is told, and nothing else. */
function start({ name, file, event, environment }: Subject): Start {
  const output = execFileSync(process.execPath, [runner, file, ...(event ? [event] : [])], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  const told = JSON.parse(output.slice(output.lastIndexOf("\n"))) as Start;
  if (event && told.status !== 200) throw new Error(`${name} answered ${told.status}:\n${output}`);
  return told;
}
