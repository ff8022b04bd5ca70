import { isEvaluated } from "./campaigns.ts";
import { mostEvaluated } from "./curve.ts";
import { quantile } from "./statistics.ts";
import { tableOf } from "./table.ts";
import type { Outcome, User, Visit } from "./users.ts";
import type { Phase } from "./watch.ts";

/** What people who may come in asked for. */
const requests: readonly (readonly [name: string, outcomesOf: (phase: Phase) => readonly Outcome[]])[] = [
  ["a known user's log-in", ({ visits }) => visits.map(({ logIn }) => logIn)],
  ["their GET /me", ({ visits }) => told(visits, "me")],
  ["their refresh", ({ visits }) => told(visits, "refresh")],
  ["the victim's own log-in", ({ victimsVisits }) => victimsVisits.map(({ logIn }) => logIn)],
];

/** A line for each promise that did not hold in this phase. */
export function judge(phase: Phase, victim: User): readonly string[] {
  const refused = requests.flatMap(([name, outcomesOf]) => {
    const failed = outcomesOf(phase).filter(({ status }) => status !== 200);
    return failed.length > 0 ? [`${name} was refused: ${statusesOf(failed)}`] : [];
  });
  const { evaluated, promised } = guessesAt(victim, phase);
  if (evaluated <= promised) return refused;
  return [...refused, `${evaluated} guesses at one account were evaluated, where ${promised} are promised`];
}

/** What was seen while somebody attacked, each time as a ratio to the quiet before. */
export function report(quiet: Phase, attacked: Phase, victim: User): string {
  const { evaluated, promised } = guessesAt(victim, attacked);
  const rows = requests.map(([name, outcomesOf]) => rowOf(name, outcomesOf(attacked), outcomesOf(quiet)));
  const ways = attacked.waged.map(({ campaign, tries }) => [
    campaign.name,
    String(tries.length),
    statusesOf(tries),
  ]);
  return [
    tableOf([["", "tried", "succeeded", "p50 to quiet", "p95 to quiet"], ...rows]),
    tableOf([["the attacker", "tries", "answered"], ...ways]),
    [
      `guesses evaluated against the victim: ${evaluated}; promised at the most: ${promised}`,
      `guesses evaluated from one address at the most: ${mostFromOneAddress(attacked)}`,
      stallsOf(quiet, attacked),
    ].join("\n"),
  ].join("\n\n");
}

/** Guesses at one account whose password was looked at, and how many are promised within that time at the most. */
function guessesAt({ email }: User, { waged, seconds }: Phase) {
  const against = waged.filter(({ tries }) => tries.some((each) => each.email === email));
  const atOnce = against.reduce((sum, { campaign }) => sum + campaign.atOnce, 0);
  const guesses = against.flatMap(({ tries }) => tries).filter((each) => each.email === email);
  return {
    evaluated: guesses.filter(isEvaluated).length,
    // While there are free ones, those under way together are all judged by what was counted before them.
    promised: atOnce > 0 ? mostEvaluated(seconds) + atOnce - 1 : 0,
  };
}

function mostFromOneAddress({ waged }: Phase): number {
  const evaluated = waged.flatMap(({ tries }) => tries).filter(isEvaluated);
  const counts = [...Map.groupBy(evaluated, ({ from }) => from).values()].map(({ length }) => length);
  return Math.max(0, ...counts);
}

/** A gateway that stands still delays everybody, so that what a quiet log-in takes is the measure. */
function stallsOf(quiet: Phase, attacked: Phase): string {
  const logIn = quantile(
    quiet.visits.map((visit) => visit.logIn.milliseconds),
    0.5,
  );
  const inLogIns = ({ stalls }: Phase) =>
    `${(stalls.longestMs / logIn).toFixed(2)} at the longest, ${(stalls.p99Ms / logIn).toFixed(2)} at p99`;
  return `the gateway's event loop stood still, in quiet log-ins: ${inLogIns(attacked)}; in quiet ${inLogIns(quiet)}`;
}

function rowOf(name: string, outcomes: readonly Outcome[], before: readonly Outcome[]): readonly string[] {
  const timesOf = (all: readonly Outcome[]) => all.filter(isSuccess).map(({ milliseconds }) => milliseconds);
  const ratioAt = (share: number) => {
    const ratio = quantile(timesOf(outcomes), share) / quantile(timesOf(before), share);
    return Number.isFinite(ratio) ? ratio.toFixed(2) : "-";
  };
  const succeeded = outcomes.filter(isSuccess).length;
  return [name, String(outcomes.length), String(succeeded), ratioAt(0.5), ratioAt(0.95)];
}

function statusesOf(outcomes: readonly Outcome[]): string {
  const groups = Object.entries(Object.groupBy(outcomes, ({ status }) => status));
  return groups.map(([status, { length } = { length: 0 }]) => `${length} with ${status}`).join(", ");
}

function isSuccess({ status }: Outcome): boolean {
  return status === 200;
}

function told(visits: readonly Visit[], what: "me" | "refresh"): readonly Outcome[] {
  return visits.flatMap((visit) => visit[what] ?? []);
}
