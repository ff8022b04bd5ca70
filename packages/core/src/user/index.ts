import type { ProfileChange, User as UserView } from "@gatehouse/contract";
import { AuthError } from "../error.ts";
import { chainOf } from "../event/chain.ts";
import { transactRecorded } from "../event/transact-recorded.ts";
import * as Session from "../session/index.ts";
import { transact } from "../store/transact.ts";
import { normaliseEmail } from "./email.ts";
import { findActive } from "./find.ts";
import { LoginEntity } from "./login.entity.ts";
import { given } from "./own-fields.ts";
import { person } from "./person.ts";
import { ownFields, type Profile, toUser } from "./profile.ts";

export { authenticate, reauthenticate } from "./authenticate.ts";
export { resumeMail } from "./mail-status.ts";
export { type Profile, toUser } from "./profile.ts";
export { register } from "./register.ts";

/**
 * @throws AuthError `invalid_token` where the person is gone or disabled: only a token leads here.
 */
export async function get(userId: string): Promise<UserView> {
  return toUser(await findActive(userId));
}

/**
 * Changes what a person may say of themselves; `null` clears a field. Both items change in one transaction, so
 * that the next log-in tells the same as the next read.
 *
 * @throws AuthError `invalid_token` where the person is gone or disabled, `unavailable`.
 */
export async function change(userId: string, fields: ProfileChange): Promise<UserView> {
  // Once more, because the email, by which one of the items is found, may change between the read and the write.
  for (let attempt = 1; attempt <= 2; attempt++) {
    const changed = await changeBoth(await findActive(userId), fields);
    if (changed) return toUser(changed);
  }
  throw new AuthError("invalid_token", { cause: "the account ended while it was changed" });
}

/**
 * Shuts a person out, or lets them in again. Every session of theirs is over from this write on.
 *
 * @throws AuthError `not_found`, `unavailable`.
 */
export async function setStatus(email: string, status: Profile["status"]): Promise<void> {
  const normalisedEmail = normaliseEmail(email);
  const { data } = await LoginEntity.get({ normalisedEmail }).go({ consistent: true });
  if (!data) throw new AuthError("not_found");
  const { userId } = data;
  const set = { status, updatedAt: new Date().toISOString() };
  const fact = { type: status === "active" ? "enabled" : "disabled", actor: "operator" } as const;
  // The epoch ends the sessions. Removing them afterwards only tells their refresh tokens so.
  const written = await transactRecorded(chainOf(userId), fact, ({ user, login }) => [
    user.patch({ userId }).set(set).add({ epoch: 1 }).commit(),
    login
      .patch({ normalisedEmail })
      .set(set)
      .add({ epoch: 1 })
      .where((attribute, { eq }) => eq(attribute.userId, userId))
      .commit(),
  ]);
  if (!written) throw new AuthError("not_found", { cause: "the account ended meanwhile" });
  await Session.removeAll(userId);
}

/** Undefined where it is no longer a person with this email. */
async function changeBoth(profile: Profile, fields: ProfileChange): Promise<Profile | undefined> {
  const { userId, email } = profile;
  const set = { ...given(fields), updatedAt: new Date().toISOString() };
  const cleared = ownFields.filter((field) => fields[field] === null);
  const written = await transact(
    person.transaction.write(({ user, login }) => [
      user.patch({ userId }).set(set).remove(cleared).commit(),
      login
        .patch({ normalisedEmail: normaliseEmail(email) })
        .set(set)
        .remove(cleared)
        .where((attribute, { eq }) => eq(attribute.userId, userId))
        .commit(),
    ]),
  );
  if (!written) return undefined;
  const changed = { ...profile, ...set };
  for (const field of cleared) delete changed[field];
  return changed;
}
