export * as User from "./index.ts";

import type { ProfileChange, User as UserView } from "@gatehouse/contract";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import * as Password from "../password/index.ts";
import * as Session from "../session/index.ts";
import { conditionHolds } from "../store/condition.ts";
import { transact } from "../store/transact.ts";
import { normaliseEmail } from "./email.ts";
import { LoginEntity } from "./login.entity.ts";
import { given } from "./own-fields.ts";
import { findActive, findLogin, type LoginItem, person, readLogin } from "./person.ts";
import { ownFields, type Profile, toUser } from "./profile.ts";

export { type Profile, toUser } from "./profile.ts";
export { register } from "./register.ts";

/**
 * The person with this email and password. An unknown email, a wrong password and a disabled account cost the
 * same reads and the same hash, and throw the same.
 *
 * @throws AuthError `invalid_credentials`; `email_not_verified` where all is right and the stage asks for it first,
 *   unless it conceals accounts; `unavailable`.
 */
export async function authenticate(email: string, password: string): Promise<Profile> {
  const login = await readLogin(email);
  const matches = await Password.matches(password, login?.passwordHash);
  if (!login || !matches || login.status !== "active") throw new AuthError("invalid_credentials");
  if (config().requireVerifiedEmail && !login.emailVerified) throw notVerified();
  const { passwordHash, ...profile } = login;
  if (Password.isOutdated(passwordHash)) await upgradeHash(login.normalisedEmail, passwordHash, password);
  return profile;
}

/** Where accounts are concealed, who registers an email and then logs in must not learn whether it was free. */
function notVerified(): AuthError {
  return config().concealAccounts
    ? new AuthError("invalid_credentials", { cause: "the email is not verified" })
    : new AuthError("email_not_verified");
}

/**
 * Makes sure of a person once more: whoever holds their session must know their password too.
 *
 * @throws AuthError `wrong_password`, `invalid_token` where the person is gone or disabled, `unavailable`.
 */
export async function reauthenticate(userId: string, password: string): Promise<LoginItem> {
  const login = await findLogin(userId);
  if (!(await Password.matches(password, login.passwordHash))) throw new AuthError("wrong_password");
  return login;
}

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
  // The epoch ends the sessions. Removing them afterwards only tells their refresh tokens so.
  const written = await transact(
    person.transaction.write(({ user, login }) => [
      user.patch({ userId }).set(set).add({ epoch: 1 }).commit(),
      login
        .patch({ normalisedEmail })
        .set(set)
        .add({ epoch: 1 })
        .where((attribute, { eq }) => eq(attribute.userId, userId))
        .commit(),
    ]),
  );
  if (!written) throw new AuthError("not_found", { cause: "the account ended meanwhile" });
  await Session.endAll(userId);
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

/** Only where the hash is still the one that was checked: a password changed meanwhile must win. */
async function upgradeHash(normalisedEmail: string, outdated: string, password: string): Promise<void> {
  const passwordHash = await Password.hash(password);
  const upgrade = LoginEntity.patch({ normalisedEmail })
    .set({ passwordHash })
    .where((attribute, { eq }) => eq(attribute.passwordHash, outdated));
  await conditionHolds(upgrade.go());
}
