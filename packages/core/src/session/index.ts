export * as Session from "./index.ts";

import { type LoggedIn, userScopes } from "@gatehouse/contract";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { newId } from "../id.ts";
import { conditionHolds } from "../store/condition.ts";
import * as Token from "../token/index.ts";
import { type Profile, toUser } from "../user/profile.ts";
import { SessionEntity } from "./session.entity.ts";

/** From where a request came, as the gateway saw it. */
export interface Origin {
  readonly sourceIp: string;
  readonly userAgent?: string;
}

/**
 * Opens a session for a person who has just proved who they are, and signs its first access token. The id is
 * always new: none that a caller brought is adopted.
 *
 * @throws AuthError `unavailable`.
 */
export async function open(profile: Profile, origin: Origin): Promise<LoggedIn> {
  const now = Math.floor(Date.now() / 1000);
  const sessionId = newId();
  const expiresAt = now + config().sessionSeconds;
  const { userId } = profile;
  const create = SessionEntity.create({
    userId,
    sessionId,
    createdAt: now,
    expiresAt,
    ttl: expiresAt,
    ...origin,
  });
  // An id with 80 random bits that is taken already was taken by this write, whose answer was lost.
  await conditionHolds(create.go());
  const { token, expiresIn } = await Token.issue({
    sub: userId,
    sid: sessionId,
    scope: userScopes.join(" "),
    roles: profile.roles,
    auth_time: now,
  });
  return { auth: true, status: "SUCCESS", token, tokenType: "Bearer", expiresIn, user: toUser(profile) };
}

/**
 * Makes sure that a token's session still goes on: one consistent read, so that an end is seen at once.
 *
 * @throws AuthError `invalid_token` where it has ended, `unavailable` where the table cannot be asked.
 */
export async function assertLive(userId: string, sessionId: string): Promise<void> {
  const { data } = await SessionEntity.get({ userId, sessionId }).go({ consistent: true });
  const live = data !== null && data.expiresAt > Date.now() / 1000;
  if (!live) throw new AuthError("invalid_token", { cause: "its session has ended" });
}
