import { setTimeout } from "node:timers/promises";

/** An open loop: one arrives at a time that is fixed beforehand, however long those before it take. */
export async function arriveSteadily<T>(
  count: number,
  seconds: number,
  visit: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const startedAt = performance.now();
  const arrive = async (index: number) => {
    const dueAt = startedAt + (index * seconds * 1000) / count;
    await setTimeout(Math.max(0, dueAt - performance.now()));
    return visit(index);
  };
  return Promise.all(Array.from({ length: count }, (_, index) => arrive(index)));
}

export interface Bounds {
  /** How many are under way at a time. */
  readonly atOnce: number;
  /** None begins later. */
  readonly seconds: number;
  /** How many there are altogether. */
  readonly most: number;
}

/** A breath between an answer and the next try, or an answer that costs nothing would be fetched as fast as it goes. */
const pauseMs = 20;

/** A closed loop: the next begins when the one before is done. */
export async function keepTrying<T>(
  { atOnce, seconds, most }: Bounds,
  attempt: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const endsAt = performance.now() + seconds * 1000;
  const done: T[] = [];
  let begun = 0;
  const insist = async () => {
    while (begun < most && performance.now() < endsAt) {
      begun += 1;
      done.push(await attempt(begun - 1));
      await setTimeout(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, insist));
  return done;
}
