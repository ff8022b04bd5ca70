import { limits } from "@gatehouse/contract";
import { randomHex } from "../id.ts";
import { conditionHolds, outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import { type Failures, forgottenBefore } from "./curve.ts";
import { FailuresEntity, type FailuresItem, type FailuresKind } from "./failures.entity.ts";
import { hash } from "./hash.ts";

/** Which counter of wrong passwords. */
export interface Counter {
  readonly kind: FailuresKind;
  readonly who: string;
}

export function counterOf(kind: FailuresKind, who: string): Counter {
  return { kind, who: hash(who) };
}

/**
 * Counts a wrong password: one atomic update, so fifty at a time are fifty. Where what stands there is forgotten, a
 * second one begins anew. Answers how many there are then.
 */
export async function countFailure(counter: Counter): Promise<Failures> {
  const now = Date.now();
  const forgotten = forgottenBefore(now);
  const mark = { lastAt: now, lastBy: randomHex(), ttl: ttlOf(now) };
  const adding = () =>
    outcomeOf(
      FailuresEntity.update(counter)
        .set(mark)
        .add({ count: 1 })
        .where(
          (stored, { notExists, gt, ne }) =>
            // A try whose answer was lost is sent again by the SDK, and is no second failure.
            `${notExists(stored.lastAt)} OR (${gt(stored.lastAt, forgotten)} AND ${ne(stored.lastBy, mark.lastBy)})`,
        )
        .go({ response: "updated_new" }),
    );
  const beginning = () =>
    conditionHolds(
      FailuresEntity.put({ ...counter, ...mark, count: 1 })
        .where((stored, { lte }) => lte(stored.lastAt, forgotten))
        .go(),
    );
  const added = await adding();
  if (added.made) return { count: Number(added.result.data.count), lastAt: now };
  // Where another begins anew at the same time, this one is added to it.
  if (!(await beginning())) await adding();
  return { count: 1, lastAt: now };
}

/**
 * Counts a try before its password is looked at, where nobody else has counted one since `seen`: of any number at a
 * time one goes on. Answers what the counter then is; undefined where another was quicker.
 */
export async function reserve(counter: Counter, seen: Failures): Promise<Failures | undefined> {
  const now = Date.now();
  const lastBy = randomHex();
  const reserving = FailuresEntity.patch(counter)
    .set({ lastAt: now, ttl: ttlOf(now), lastBy })
    .add({ count: 1 })
    .where((stored, { eq }) => [eq(stored.count, seen.count), eq(stored.lastAt, seen.lastAt)].join(" AND "));
  const outcome = await outcomeOf<unknown, FailuresItem>(reserving.go(tellWhatStoodThere));
  // It may be this very mark that stands there: the SDK repeats a try whose answer was lost.
  const isOurs = outcome.made || outcome.found?.lastBy === lastBy;
  return isOurs ? { count: seen.count + 1, lastAt: now } : undefined;
}

/** Forgets what was counted up to `seen`. What came since stays: a right password excuses no guess beside it. */
export async function clear(counter: Counter, seen: Failures): Promise<void> {
  const clearing = FailuresEntity.remove(counter).where((stored, { eq }) =>
    [eq(stored.count, seen.count), eq(stored.lastAt, seen.lastAt)].join(" AND "),
  );
  await conditionHolds(clearing.go());
}

/** Takes back so many, which were whoever's has just given the right password: those of others stay. */
export async function takeBack(counter: Counter, count: number): Promise<void> {
  const taking = FailuresEntity.patch(counter)
    .add({ count: -count })
    .where((stored, { gte }) => gte(stored.count, count));
  await conditionHolds(taking.go());
}

/** Forgets whatever was counted. */
export async function forget(counter: Counter): Promise<void> {
  await conditionHolds(FailuresEntity.remove(counter).go());
}

/** For the table's own clean-up: every reader compares `lastAt`. */
function ttlOf(lastAt: number): number {
  return Math.ceil(lastAt / 1000) + limits.password.forgottenSeconds;
}
