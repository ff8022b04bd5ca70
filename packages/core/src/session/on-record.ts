import { tolerate } from "../error.ts";
import * as Event from "../event/index.ts";
import { transactRecorded } from "../event/transact-recorded.ts";
import { type Origin, originOf } from "./origin.ts";
import { seatOf } from "./seat.ts";
import type { SessionItem } from "./stored.ts";

/** Of so many refreshes of a session one is recorded. */
const refreshesAnEvent = 32;

type Held = Pick<SessionItem, "userId" | "sessionId">;

/**
 * Removes a session together with the record of why: whoever of several comes first removes it and is on record. False
 * where it has ended already.
 *
 * @throws AuthError `unavailable`; then neither was done, unless every answer of DynamoDB was lost.
 */
export function removeRecorded({ userId, sessionId }: Held, fact: Event.Fact): Promise<boolean> {
  return transactRecorded(Event.chainOf(userId), fact, ({ session }) => [
    session
      .remove({ userId, seat: seatOf(sessionId) })
      .where((stored, { eq }) => eq(stored.sessionId, sessionId))
      .commit(),
  ]);
}

/** A refresh is nothing new, and its token is good already: that it was not recorded holds nobody up. */
export async function recordRefresh(session: SessionItem, origin: Origin): Promise<void> {
  if (session.generation % refreshesAnEvent !== 0) return;
  const fact = { type: "refreshed", ...inSession(session.sessionId, origin) } as const;
  await tolerate(Event.record(Event.chainOf(session.userId), fact), "unavailable");
}

/** Where something happened that is about a session: the request may have come without an access token. */
export function inSession(sessionId: string, origin: Origin): Pick<Event.Fact, "sessionId" | "origin"> {
  return { sessionId, origin: originOf(origin) };
}
