import { startChild } from "../support/child.ts";
import { watchBystanders } from "./bystanders.ts";
import type { Load, Served } from "./load-process.ts";
import { type Place, pin } from "./processors.ts";
import type { Requests } from "./settle.ts";
import type { Subject } from "./subjects.ts";

/** What is asked, and where. */
export interface Task {
  readonly asks: keyof Requests;
  readonly place: Place;
}

export interface Contestant {
  readonly subject: Subject;
  readonly requests: Requests;
}

/** What one server did in a few seconds. */
export interface Turn {
  readonly name: string;
  readonly task: Task;
  readonly perSecond: number;
  /** Of the serving process, for each answer. */
  readonly cpuMicroseconds: number;
  readonly longestStallMs: number | undefined;
  /** What others took of the machine meanwhile, from 0 to 1. */
  readonly bystanders: number;
}

export interface Turns extends AsyncDisposable {
  /**
   * Takes a turn, and again where others took more than a little of the machine meanwhile; answers the one beside which they
   * took the least. Rejects where a request is not answered with 200 and with what was asked for.
   */
  take(contestant: Contestant, task: Task, tries?: number): Promise<Turn>;
}

export const atOnce = 8;

/** What others may take of the machine beside a turn, from 0 to 1. */
export const toleratedShare = 0.05;

/** How often a turn is taken at most. */
export const mostTries = 4;

/** In every answer, whoever gives it. */
const expected: Readonly<Record<keyof Requests, string>> = { me: '"email":"p-', logIn: '"token":"' };

export function tasksAt(places: readonly Place[]): readonly Task[] {
  return places.flatMap((place) => [
    { place, asks: "me" },
    { place, asks: "logIn" },
  ]);
}

/** Starts what asks. */
export async function startTurns(seconds: number): Promise<Turns> {
  const asker = await startChild(new URL("load-process.ts", import.meta.url));

  async function takeOne({ subject, requests }: Contestant, task: Task): Promise<Turn> {
    const { port, processes } = subject;
    const load: Load = {
      port,
      requests: requests[task.asks],
      expected: expected[task.asks],
      atOnce,
      seconds,
    };
    await subject.longestStallMs?.();
    const bystanders = watchBystanders([process.pid, asker.pid, ...processes]);
    const before = await subject.cpu();
    const { answers, seconds: lasted } = (await asker.order("load", load)) as Served;
    return {
      name: subject.name,
      task,
      perSecond: answers / lasted,
      cpuMicroseconds: ((await subject.cpu()) - before) / answers,
      longestStallMs: await subject.longestStallMs?.(),
      bystanders: bystanders(),
    };
  }

  return {
    async take(contestant, task, tries = mostTries) {
      for (const pid of contestant.subject.processes) pin(pid, task.place.server);
      pin(asker.pid, task.place.load);
      let quietest = await takeOne(contestant, task);
      for (let taken = 1; taken < tries && quietest.bystanders > toleratedShare; taken += 1) {
        const turn = await takeOne(contestant, task);
        if (turn.bystanders < quietest.bystanders) quietest = turn;
      }
      return quietest;
    },
    [Symbol.asyncDispose]: () => asker[Symbol.asyncDispose](),
  };
}
