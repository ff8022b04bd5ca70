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
  /** Rejects where a request is not answered with 200 and what was asked for. */
  take(contestant: Contestant, task: Task): Promise<Turn>;
}

export const atOnce = 8;

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
  return {
    async take({ subject, requests }, task) {
      const { asks, place } = task;
      for (const pid of subject.processes) pin(pid, place.server);
      pin(asker.pid, place.load);
      await subject.longestStallMs?.();
      const bystanders = watchBystanders([process.pid, asker.pid, ...subject.processes]);
      const before = await subject.cpu();
      const load: Load = {
        port: subject.port,
        requests: requests[asks],
        expected: expected[asks],
        atOnce,
        seconds,
      };
      const { answers, seconds: lasted } = (await asker.order("load", load)) as Served;
      return {
        name: subject.name,
        task,
        perSecond: answers / lasted,
        cpuMicroseconds: ((await subject.cpu()) - before) / answers,
        longestStallMs: await subject.longestStallMs?.(),
        bystanders: bystanders(),
      };
    },
    [Symbol.asyncDispose]: () => asker[Symbol.asyncDispose](),
  };
}
