import { randomInt } from "node:crypto";
import { AuthError } from "../error.ts";
import { type Outcome, outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import { freeSeats, newSessionId, seatOf } from "./seat.ts";
import { SessionEntity } from "./session.entity.ts";
import { isRunning, type SessionItem } from "./stored.ts";

/** A session before it has a seat. */
export type Standing = Omit<SessionItem, "seat" | "sessionId">;

const attempts = 10;

/**
 * Stores a new session in a seat of its person, one of fifty, drawn at random. That nobody sits there is the
 * condition of the one write, and with few sessions it nearly always holds. Where it does not, the person's sessions
 * are looked through for a free seat; where all fifty run, the oldest makes room.
 *
 * @throws AuthError `unavailable` where ten tries in a row met another log-in of the same person.
 */
export async function takeSeat(standing: Standing): Promise<SessionItem> {
  let sessionId = newSessionId();
  let makesRoom: SessionItem | undefined;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const session = { ...standing, seat: seatOf(sessionId), sessionId };
    const outcome = await sitDown(session, makesRoom);
    // It may be this very session that sits there: a try whose answer was lost is made again by the SDK.
    if (outcome.made || outcome.found?.sessionId === sessionId) return session;
    const running = (await sessionsOf(standing.userId)).filter((each) => isRunning(each, standing.createdAt));
    const free = freeSeats(running);
    // After a try that lost its race, not all who lost it go for the same one again.
    makesRoom = free.length === 0 ? running.toSorted(bySeniority)[randomInt(attempt)] : undefined;
    sessionId = newSessionId(makesRoom?.seat ?? free[randomInt(free.length)]);
  }
  throw new AuthError("unavailable", { cause: "every seat tried was taken by another log-in" });
}

/** All that is stored of a person's sessions, those that have run out included. */
export async function sessionsOf(userId: string): Promise<SessionItem[]> {
  const { data } = await SessionEntity.query.session({ userId }).go({ consistent: true, pages: "all" });
  return data;
}

/** By the ULIDs in their ids, which tell the log-ins of one second apart. */
function bySeniority(a: SessionItem, b: SessionItem): number {
  return a.sessionId.slice(a.seat.length) < b.sessionId.slice(b.seat.length) ? -1 : 1;
}

function sitDown(session: SessionItem, makesRoom?: SessionItem): Promise<Outcome<unknown, SessionItem>> {
  const put = SessionEntity.put({ ...session, roles: [...session.roles] }).where(
    (seated, { notExists, lte, eq }) =>
      [
        notExists(seated.sessionId),
        lte(seated.expiresAt, session.createdAt),
        lte(seated.idleExpiresAt, session.createdAt),
        ...(makesRoom ? [eq(seated.sessionId, makesRoom.sessionId)] : []),
      ].join(" OR "),
  );
  return outcomeOf(put.go(tellWhatStoodThere));
}
