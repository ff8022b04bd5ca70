import { epochSeconds } from "../clock.ts";
import { conditionHolds } from "../store/condition.ts";
import { hash } from "./hash.ts";
import { ThrottleEntity, type ThrottleKind } from "./throttle.entity.ts";

/** A stretch of time within which something is counted for somebody. */
export interface Window {
  readonly kind: ThrottleKind;
  readonly who: string;
  /** Epoch seconds. */
  readonly endsAt: number;
}

/** What stands in the table of a window. */
export interface WindowItem {
  readonly count: number;
}

/** The window that runs now. Windows of one length begin at its multiples. */
export function windowOf(kind: ThrottleKind, who: string, seconds: number): Window {
  const now = epochSeconds();
  return { kind, who: hash(who), endsAt: now - (now % seconds) + seconds };
}

/**
 * Counts one more, where that is not more than the most: one conditional update, so of any number at a time no more
 * than that pass. False where it is.
 */
export function countWithin(window: Window, most: number): Promise<boolean> {
  const counting = adding(window).where((stored, { notExists, lt }) =>
    [notExists(stored.count), lt(stored.count, most)].join(" OR "),
  );
  return conditionHolds(counting.go());
}

/** Counts what has happened already, however often that was. */
export async function countIn(window: Window): Promise<void> {
  await adding(window).go();
}

function adding({ endsAt, ...window }: Window) {
  return ThrottleEntity.update({ ...window, endsAt })
    .set({ ttl: endsAt })
    .add({ count: 1 });
}
