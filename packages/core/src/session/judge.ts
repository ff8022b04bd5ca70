import type { Presented } from "./refresh-token.ts";
import { isRunning, type SessionItem } from "./stored.ts";

/**
 * How long after it was replaced a refresh token still gives its successor. Long enough for a lost answer to be
 * asked for again and for several tabs to come at once; a stolen token gains nothing by it, since its use shows.
 */
export const graceSeconds = 30;

/** What becomes of a refresh token that is not the current one of a running session. */
export type Verdict = "repeat" | "reused" | "expired" | "ended";

/**
 * Judges a presented token by what is stored. The one before the current gets the current one again, within the
 * grace: whoever lost the answer, or the race, is not signed out. Anything older is a copy, whenever it comes
 * (RFC 9700 section 4.14.2). Later than the store can only be a store set back to an earlier time.
 */
export function judge(stored: SessionItem | undefined, presented: Presented, now: number): Verdict {
  if (stored?.sessionId !== presented.sessionId) return "ended";
  if (!isRunning(stored, now)) return "expired";
  const age = stored.generation - presented.generation;
  if (age === 1 && now <= stored.rotatedAt + graceSeconds) return "repeat";
  return age > 0 ? "reused" : "ended";
}
