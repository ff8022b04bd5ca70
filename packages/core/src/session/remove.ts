import { conditionHolds } from "../store/condition.ts";
import { seatOf } from "./seat.ts";
import { SessionEntity } from "./session.entity.ts";
import { sessionsOf } from "./take-seat.ts";

/**
 * Removes one session from the table without a word in its person's record: for what ends sessions and is on record
 * itself. False where this person has no such session.
 */
export async function remove(userId: string, sessionId: string): Promise<boolean> {
  const removal = SessionEntity.remove({ userId, seat: seatOf(sessionId) });
  return conditionHolds(removal.where((stored, { eq }) => eq(stored.sessionId, sessionId)).go());
}

/** Removes every session of a person, or every other one than `keepId`. Answers how many. */
export async function removeAll(userId: string, keepId?: string): Promise<number> {
  const sessions = (await sessionsOf(userId)).filter(({ sessionId }) => sessionId !== keepId);
  const removed = await Promise.all(sessions.map(({ sessionId }) => remove(userId, sessionId)));
  return removed.filter(Boolean).length;
}
