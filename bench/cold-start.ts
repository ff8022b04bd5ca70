import { execFileSync } from "node:child_process";
import { bundleSubjects, type Subject } from "./cold-start/subjects.ts";
import { machine } from "./support/machine.ts";
import { readFlag, readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { ordersOf } from "./support/rounds.ts";
import { median } from "./support/statistics.ts";
import { tableOf } from "./support/table.ts";

const runner = new URL("cold-start/runner.mjs", import.meta.url).pathname;

interface Start {
  readonly milliseconds: number;
  readonly rss: number;
  readonly status?: number;
}

/**
 * What it takes to load a function in a fresh process, with the first answer of the log-in, and what memory that adds. By
 * turns, in medians and in times of what it is compared with.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { flag: each, rest } = readFlag(args, "--each");
  const { runs } = readNumbers(rest, { runs: 20 });
  await using _ = await openPlace();
  using subjects = await bundleSubjects({ each });
  start(subjects.person);
  const starts = new Map(subjects.all.map((subject): [Subject, Start[]] => [subject, []]));
  for (const order of ordersOf(subjects.all.length, runs)) {
    for (const index of order) {
      const subject = subjects.all[index] as Subject;
      starts.get(subject)?.push(start(subject));
    }
  }
  console.log(`Medians of ${runs} fresh processes each, by turns; ${machine()}\n`);
  console.log(tableOf(rowsOf(starts)));
  return [];
}

function rowsOf(starts: ReadonlyMap<Subject, readonly Start[]>): readonly (readonly string[])[] {
  const medianOf = (name: string, of: (start: Start) => number) =>
    median([...starts].find(([subject]) => subject.name === name)?.[1].map(of) ?? []);
  const time = (name: string) =>
    medianOf(name, ({ milliseconds }) => milliseconds) - medianOf(empty, ({ milliseconds }) => milliseconds);
  const rows = [...starts.keys()].map(({ name, base }) => [
    name,
    time(name).toFixed(1),
    base ? (time(name) / time(base)).toFixed(2) : "",
    ((medianOf(name, ({ rss }) => rss) - medianOf(empty, ({ rss }) => rss)) / 1e6).toFixed(1),
  ]);
  return [["", "ms more than an empty one", "times", "MB more"], ...rows];
}

const empty = "an empty handler";

/** In a process that knows what a deployed function is told, and nothing else. */
function start({ file, event }: Subject): Start {
  const output = execFileSync(process.execPath, [runner, file, ...(event ? [event] : [])], {
    encoding: "utf8",
  });
  const told = JSON.parse(output.slice(output.lastIndexOf("\n"))) as Start;
  if (event && told.status !== 200 && told.status !== 201)
    throw new Error(`it answered ${told.status}:\n${output}`);
  return told;
}
