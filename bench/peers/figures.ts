import type { Figure } from "../support/report.ts";
import { median } from "../support/statistics.ts";
import { ours, tutorial } from "./subjects.ts";
import { type Task, type Turn, toleratedShare } from "./turns.ts";

const words: Readonly<Record<Task["asks"], string>> = { me: "GET /me", logIn: "log-in" };

/** What was measured of one task. */
interface Part {
  readonly task: Task;
  /** The median of ours or of a peer's quiet turns. */
  of(name: string, what: (turn: Turn) => number): number;
}

/** Of each task what ours answered, in times of each of the others, and what those did; then its processor time and stalls. */
export function figuresOf(names: readonly string[], turns: readonly Turn[]): readonly Figure[] {
  const peers = names.filter((name) => name !== ours);
  const parts = [...Map.groupBy(turns, ({ task }) => task)].map(
    ([task, taken]): Part => ({
      task,
      of: (name, what) => median(quiet(taken.filter((turn) => turn.name === name)).map(what)),
    }),
  );
  return [
    ...parts.flatMap((part) => answered(part, peers)),
    ...parts.filter(({ task }) => task.asks === "me" && task.place.processors !== 2).flatMap(cpu),
    ...parts.filter(({ task }) => task.asks === "logIn" && task.place.processors !== 1).map(stall),
  ];
}

/** Those beside which others took little, and at least the quieter half: a machine is hardly ever left to a bench. */
function quiet(turns: readonly Turn[]): readonly Turn[] {
  const { length } = turns.filter(({ bystanders }) => bystanders <= toleratedShare);
  return turns
    .toSorted((one, other) => one.bystanders - other.bystanders)
    .slice(0, Math.max(length, Math.ceil(turns.length / 2)));
}

function answered({ task, of }: Part, peers: readonly string[]): readonly Figure[] {
  const unit = "requests a second";
  const rate = (name: string) => of(name, ({ perSecond }) => perSecond);
  const asOurs = peers.map((peer): Figure => {
    const wanted = wantedOf(task, peer);
    const compared = { of: peer, ratio: rate(ours) / rate(peer), ...(wanted !== undefined && { wanted }) };
    return { name: nameOf(task, ours), value: rate(ours), unit, ...compared };
  });
  return [...asOurs, ...peers.map((peer) => ({ name: nameOf(task, peer), value: rate(peer), unit }))];
}

/** The tutorial's functions cross the same gateway to the same kind of database, so that what differs is theirs. */
function cpu({ task, of }: Part): readonly Figure[] {
  const unit = "microseconds of processor";
  const used = (name: string) => of(name, ({ cpuMicroseconds }) => cpuMicroseconds);
  const compared = { of: tutorial, ratio: used(ours) / used(tutorial), wanted: "<= 0.55" };
  return [
    { name: nameOf(task, ours), value: used(ours), unit, ...compared },
    { name: nameOf(task, tutorial), value: used(tutorial), unit },
  ];
}

function stall({ task, of }: Part): Figure {
  const value = of(ours, ({ longestStallMs }) => longestStallMs ?? Number.NaN);
  return { name: `${nameOf(task, ours)}, longest stall of the gateway`, value, unit: "ms", wanted: "<= 25" };
}

/** Ours hashes in worker threads, the others where they answer; but for the tutorial, which our gateway gives threads too. */
function wantedOf({ asks, place }: Task, peer: string): string | undefined {
  if (asks === "me") return peer === "better-auth" ? ">= 1.3" : undefined;
  if (place.processors === 1) return ">= 1";
  return place.processors === 2 && peer !== tutorial ? ">= 1.8" : undefined;
}

function nameOf({ asks, place }: Task, name: string): string {
  return `${words[asks]}, ${place.name}: ${name}`;
}
