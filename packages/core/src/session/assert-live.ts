import { epochSeconds } from "../clock.ts";
import { AuthError } from "../error.ts";
import { keysFrom } from "../store/key.ts";
import { readTogether } from "../store/read.ts";
import { type Profile, userKey } from "../user/profile.ts";
import { seatOf } from "./seat.ts";
import { isRunning, type SessionItem, sessionKey } from "./stored.ts";

const [sessionKeyOf, userKeyOf] = [keysFrom(sessionKey), keysFrom(userKey)];

/**
 * Makes sure that a session still goes on and its person may act, and answers the person: one consistent request
 * for both items, so that an end is seen at once. The person's epoch is asked besides the session's own item,
 * because a log-in under way while all sessions are ended might store its session a moment later.
 *
 * The authorizer waits for this file to load at every cold start, and so it does without ElectroDB.
 *
 * @throws AuthError `invalid_token` where it has ended, `unavailable` where the table cannot be asked.
 */
export async function assertLive(userId: string, sessionId: string): Promise<Profile> {
  const [session, profile] = await readTogether<[SessionItem, Profile]>(
    sessionKeyOf({ userId, seat: seatOf(sessionId) }),
    userKeyOf({ userId }),
  );
  const live =
    session?.sessionId === sessionId &&
    isRunning(session, epochSeconds()) &&
    profile?.status === "active" &&
    session.epoch === profile.epoch;
  if (!live) throw new AuthError("invalid_token", { cause: "its session or its user has ended" });
  return profile;
}
