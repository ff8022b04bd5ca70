import { figuresOf } from "./peers/figures.ts";
import { installPeers } from "./peers/install.ts";
import { places } from "./peers/processors.ts";
import { settle } from "./peers/settle.ts";
import { type Subject, starters } from "./peers/subjects.ts";
import {
  atOnce,
  type Contestant,
  mostTries,
  startTurns,
  type Turn,
  tasksAt,
  toleratedShare,
} from "./peers/turns.ts";
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
  const { rounds, seconds } = readNumbers(args, { rounds: 4, seconds: 4 });
  installPeers();
  await using running = new AsyncDisposableStack();
  const subjects: Subject[] = [];
  for (const start of starters) subjects.push(running.use(await start()));
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
  // Log-ins were asked for as people settled; what nobody asked for yet is not even loaded.
  for (const contestant of contestants)
    for (const task of [...tasks, ...tasks]) if (task.asks === "me") await turns.take(contestant, task, 1);

  const taken: Turn[] = [];
  const orders = ordersOf(contestants.length, rounds);
  for (const order of orders)
    for (const task of tasks)
      for (const index of order) taken.push(await turns.take(contestants[index] as Contestant, task));
  const how = `medians of ${orders.length} rounds by turns of ${seconds} s, ${atOnce} requests at once, ${describe(taken)}`;
  report(
    "peers",
    how,
    figuresOf(
      subjects.map(({ name }) => name),
      taken,
    ),
  );
  return [];
}

/** How far the bench had the machine for itself. */
function describe(taken: readonly Turn[]): string {
  const disturbed = taken.filter(({ bystanders }) => bystanders > toleratedShare).length;
  const much = `more than ${100 * toleratedShare} % of the machine`;
  return `of the quiet ones, the quieter half at least: beside ${disturbed} of ${taken.length} others took ${much}, after ${mostTries} tries`;
}
