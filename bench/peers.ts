import { figuresOf, quietest } from "./peers/figures.ts";
import { installPeers } from "./peers/install.ts";
import { places } from "./peers/processors.ts";
import { settle } from "./peers/settle.ts";
import { startSubjects } from "./peers/subjects.ts";
import { atOnce, type Contestant, startTurns, type Turn, tasksAt } from "./peers/turns.ts";
import { readNumbers } from "./support/options.ts";
import { report } from "./support/report.ts";
import { ordersOf } from "./support/rounds.ts";

/** Enough that each logs in some fifteen times in all, and nobody twice at once. */
const people = 40;

/**
 * The whole house beside what others would have built: a tutorial's design, express, fastify, better-auth. Each is a
 * process of its own on this machine, and they are asked by turns.
 *
 * @throws UsageError; Error where a request is not answered with 200 and with what was asked for.
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { rounds, seconds } = readNumbers(args, { rounds: 6, seconds: 2 });
  installPeers();
  await using running = new AsyncDisposableStack();
  const subjects = await startSubjects();
  for (const subject of subjects) running.use(subject);
  const turns = running.use(await startTurns(seconds));
  const contestants = await Promise.all(
    subjects.map(
      async (subject): Promise<Contestant> => ({ subject, requests: await settle(subject, people) }),
    ),
  );

  const where = places();
  if (where.length === 1)
    console.log("Nothing can be pinned here: what is said of one processor is left out.\n");
  const tasks = tasksAt(where);
  // What was never asked for is not even loaded.
  for (const contestant of contestants)
    for (const task of tasks) if (task.asks === "me") await turns.take(contestant, task);

  const taken: Turn[] = [];
  for (const order of ordersOf(contestants.length, rounds))
    for (const task of tasks)
      for (const index of order) taken.push(await turns.take(contestants[index] as Contestant, task));
  const quiet = quietest(taken);
  report("peers", `${describe(quiet)} of ${rounds} rounds by turns of ${seconds} s`, figuresOf(quiet));
  return [];
}

function describe(quiet: readonly Turn[]): string {
  const others = Math.round(100 * Math.max(...quiet.map(({ bystanders }) => bystanders)));
  const beside = `beside which others took at most ${others} % of the machine`;
  return `${atOnce} requests at once, medians of the quieter half (${beside})`;
}
