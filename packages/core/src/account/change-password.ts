import type { PasswordChange, SessionsEnded } from "@gatehouse/contract";
import { AuthError } from "../error.ts";
import { chainOf } from "../event/chain.ts";
import { failedConditionsRecorded } from "../event/transact-recorded.ts";
import * as Job from "../job/index.ts";
import * as Password from "../password/index.ts";
import { seatOf } from "../session/seat.ts";
import { reauthenticate } from "../user/index.ts";
import type { LoginItem } from "../user/person.ts";
import { endingSessions } from "./ending-sessions.ts";

/** Who acts, and in which session. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Gives a person who knows their password another one. Every session but the one that asks ends with the same write,
 * and every code that was mailed is void.
 *
 * @throws AuthError `wrong_password`, `too_many_requests`, `weak_password`, `invalid_token` where the account or the
 *   session has ended, `unavailable`.
 */
export async function changePassword(
  { userId, sessionId }: Actor,
  { currentPassword, newPassword }: PasswordChange,
): Promise<SessionsEnded> {
  const login = await reauthenticate(userId, currentPassword);
  await Password.assertAcceptable(newPassword, login, "/newPassword");
  const passwordHash = await Password.hash(newPassword);
  const write = () => replaceHash(login, { passwordHash, sessionId });
  const ended = await endingSessions(userId, { keepId: sessionId, write });
  if (ended === undefined) {
    // Somebody else was quicker: perhaps the password that was current no longer is.
    await reauthenticate(userId, currentPassword);
    throw new AuthError("unavailable", { cause: "the account changed meanwhile" });
  }
  await Job.notify({ kind: "password_changed", userId });
  return { ended };
}

async function replaceHash(
  login: LoginItem,
  { passwordHash, sessionId }: { readonly passwordHash: string; readonly sessionId: string },
): Promise<boolean> {
  const { userId, epoch, normalisedEmail } = login;
  const next = { epoch: epoch + 1, updatedAt: new Date().toISOString() };
  const failed = await failedConditionsRecorded(
    chainOf(userId),
    { type: "password_changed" },
    ({ user, login: byEmail, session }) => [
      user
        .patch({ userId })
        .set(next)
        .where((stored, { eq }) => eq(stored.epoch, epoch))
        .commit(),
      byEmail
        .patch({ normalisedEmail })
        .set({ ...next, passwordHash })
        .where((stored, { eq }) =>
          [eq(stored.userId, userId), eq(stored.passwordHash, login.passwordHash)].join(" AND "),
        )
        .commit(),
      session
        .patch({ userId, seat: seatOf(sessionId) })
        .set({ epoch: epoch + 1 })
        .where((stored, { eq }) => [eq(stored.sessionId, sessionId), eq(stored.epoch, epoch)].join(" AND "))
        .commit(),
    ],
  );
  // A quicker change in this very session has moved all three items: that it ended is told only where the others stand.
  if (failed.includes(0) || failed.includes(1)) return false;
  if (failed.includes(2)) throw new AuthError("invalid_token", { cause: "the session has ended" });
  return true;
}
