import { randomInt } from "node:crypto";
import { type LoggedIn, type Refreshed, type SessionList, userScopes } from "@gatehouse/contract";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import * as Event from "../event/index.ts";
import { outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import * as Token from "../token/index.ts";
import { type Profile, toUser } from "../user/profile.ts";
import { judge } from "./judge.ts";
import { inSession, recordRefresh, removeRecorded } from "./on-record.ts";
import { type Origin, originOf } from "./origin.ts";
import * as RefreshToken from "./refresh-token.ts";
import { remove } from "./remove.ts";
import { seatOf } from "./seat.ts";
import { SessionEntity } from "./session.entity.ts";
import { isRunning, type SessionItem } from "./stored.ts";
import { sessionsOf, takeSeat } from "./take-seat.ts";
import { toView } from "./view.ts";

export { assertLive } from "./assert-live.ts";
export type { Origin } from "./origin.ts";
export { remove, removeAll } from "./remove.ts";

/** A pair of tokens; the refresh token's fields are always there, whichever way they travel on. */
type Tokens = Required<Refreshed>;

/**
 * Opens a session for a person who has just proved who they are, and signs its first tokens. Its id is always new:
 * none that a caller brought is adopted. One write, unless its seat is taken (docs/decisions/0011), and the record of it.
 *
 * @throws AuthError `unavailable`.
 */
export async function open(profile: Profile, origin: Origin, label?: string): Promise<Required<LoggedIn>> {
  const now = epochSeconds();
  const { sessionSeconds, accessTokenSeconds } = config();
  const chain = Event.chainOf(profile.userId);
  const standing = {
    userId: profile.userId,
    epoch: profile.epoch,
    generation: 0,
    createdAt: now,
    rotatedAt: now,
    ...idleExpiry(now),
    expiresAt: now + sessionSeconds,
    scope: userScopes.join(" "),
    roles: profile.roles,
    ...(label === undefined ? {} : { label }),
    ...originOf(origin),
  };
  const [session, place] = await Promise.all([takeSeat(standing), Event.nextPlace(chain)]);
  await Event.record(chain, { type: "logged_in", ...inSession(session.sessionId, origin) }, place);
  const tokens = await tokensFor(session, now, accessTokenSeconds);
  return { auth: true, status: "SUCCESS", ...tokens, user: toUser(profile) };
}

/**
 * Exchanges a refresh token for its successor and an access token: one conditional update, generation n to n+1. The
 * token before the current one gets the current one again for 30 s, without a write, so that neither a lost answer
 * nor twenty tabs at once sign anybody out. Anything older is a copy: the session ends and an event tells of it.
 *
 * @throws AuthError `invalid_refresh_token`, `session_ended`, `session_expired`, `refresh_token_reused`,
 *   `unavailable`; after the last the same token may be sent again.
 */
export async function refresh(text: string, origin: Origin): Promise<Tokens> {
  const presented = await RefreshToken.read(text);
  const now = epochSeconds();
  const outcome = await rotate(presented, origin, now);
  if (outcome.made) {
    const session = outcome.result.data as SessionItem;
    await recordRefresh(session, origin);
    return tokensFor(session, now, jitteredLife());
  }
  const verdict = judge(outcome.found, presented, now);
  switch (verdict) {
    case "repeat":
      return tokensFor(outcome.found as SessionItem, now, jitteredLife());
    case "reused":
      await removeRecorded(presented, {
        type: "refresh_token_reused",
        actor: "anonymous",
        ...inSession(presented.sessionId, origin),
      });
      throw new AuthError("refresh_token_reused");
    case "expired":
      throw new AuthError("session_expired");
    case "ended":
      throw new AuthError("session_ended");
  }
}

/** The sessions of a person that still run, the one used last first. */
export async function list(userId: string, currentId: string): Promise<SessionList> {
  const now = epochSeconds();
  const running = (await sessionsOf(userId)).filter((session) => isRunning(session, now));
  const sessions = running.toSorted((a, b) => b.rotatedAt - a.rotatedAt);
  return { sessions: sessions.map((session) => toView(session, currentId)) };
}

/**
 * Ends one session and records it, both or neither. False where this person has no such session; ending twice does no
 * harm.
 *
 * @throws AuthError `unavailable`.
 */
export async function end(userId: string, sessionId: string): Promise<boolean> {
  return removeRecorded(
    { userId, sessionId },
    { type: "sessions_ended", actor: "user", details: { sessionId } },
  );
}

/**
 * Ends the session of a refresh token, of whichever generation: who holds any of them may end it. Ending one that has
 * ended already does no harm.
 *
 * @throws AuthError `invalid_refresh_token`, `unavailable`.
 */
export async function endByRefreshToken(text: string): Promise<void> {
  const { userId, sessionId } = await RefreshToken.read(text);
  await end(userId, sessionId);
}

/**
 * Ends every other session of a person than `keepId`, after recording it: better twice on record than not at all.
 * Answers how many.
 *
 * @throws AuthError `unavailable`.
 */
export async function endOthers(userId: string, keepId: string): Promise<number> {
  const others = (await sessionsOf(userId)).filter(({ sessionId }) => sessionId !== keepId);
  if (others.length === 0) return 0;
  const details = { ended: others.length };
  await Event.record(Event.chainOf(userId), { type: "sessions_ended", actor: "user", details });
  const removed = await Promise.all(others.map(({ sessionId }) => remove(userId, sessionId)));
  return removed.filter(Boolean).length;
}

function rotate({ userId, sessionId, generation }: RefreshToken.Presented, origin: Origin, now: number) {
  const update = SessionEntity.patch({ userId, seat: seatOf(sessionId) })
    .set({ generation: generation + 1, rotatedAt: now, ...idleExpiry(now), ...originOf(origin) })
    .where((stored, { eq, gt }) =>
      [
        eq(stored.sessionId, sessionId),
        eq(stored.generation, generation),
        gt(stored.idleExpiresAt, now),
        gt(stored.expiresAt, now),
      ].join(" AND "),
    );
  return outcomeOf<{ data: unknown }, SessionItem>(update.go({ response: "all_new", ...tellWhatStoodThere }));
}

/** An access token never outlives its session, for the sake of those who verify it and know of no session. */
async function tokensFor(session: SessionItem, now: number, lifeSeconds: number): Promise<Tokens> {
  const { userId, sessionId, scope, roles, createdAt, idleExpiresAt, expiresAt } = session;
  const expiresIn = Math.min(lifeSeconds, expiresAt - now);
  const [token, refreshToken] = await Promise.all([
    Token.issue({ sub: userId, sid: sessionId, scope, roles, auth_time: createdAt }, expiresIn),
    RefreshToken.write(session),
  ]);
  const refreshExpiresIn = Math.min(idleExpiresAt, expiresAt) - now;
  return { token, tokenType: "Bearer", expiresIn, refreshToken, refreshExpiresIn };
}

/** Up to a tenth less than configured, so that clients that began together do not come back together. */
function jitteredLife(): number {
  const { accessTokenSeconds } = config();
  return accessTokenSeconds - randomInt(Math.ceil(accessTokenSeconds / 10));
}

function idleExpiry(now: number): Pick<SessionItem, "idleExpiresAt" | "ttl"> {
  const idleExpiresAt = now + config().sessionIdleSeconds;
  return { idleExpiresAt, ttl: idleExpiresAt };
}
