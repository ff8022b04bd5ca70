import { limits } from "@gatehouse/contract";

/** Wrong passwords in a row: how many, and when the last of them was, in epoch milliseconds. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

export const noFailures: Failures = { count: 0, lastAt: 0 };

const { free, longestWaitSeconds, most, forgottenSeconds } = limits.password;

/** What still counts of a counter. `now` in epoch milliseconds. */
export function remembered(stored: Failures | undefined, now: number): Failures {
  return stored === undefined || stored.lastAt <= forgottenBefore(now) ? noFailures : stored;
}

/** What was counted until then is forgotten, in epoch milliseconds. */
export function forgottenBefore(now: number): number {
  return now - forgottenSeconds * 1000;
}

/** Whether the free tries are used up: then every further one is paid for before its password is looked at. */
export function isCostly({ count }: Failures): boolean {
  return count >= free;
}

/**
 * Until when no further try is looked at, in epoch milliseconds: nothing for the free ones, then a second, doubling up
 * to the longest wait; after the most in a row, until they are forgotten.
 */
export function closedUntil({ count, lastAt }: Failures): number {
  return lastAt + waitSeconds(count) * 1000;
}

function waitSeconds(count: number): number {
  if (count < free) return 0;
  return count < most ? Math.min(2 ** (count - free), longestWaitSeconds) : forgottenSeconds;
}
