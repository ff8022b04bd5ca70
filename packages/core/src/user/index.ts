export * as User from "./index.ts";

import type { ProfileChange, Registration, User as UserView } from "@gatehouse/contract";
import { Service } from "electrodb";
import { AuthError } from "../error.ts";
import { newId } from "../id.ts";
import * as Password from "../password/index.ts";
import * as Session from "../session/index.ts";
import { conditionHolds } from "../store/condition.ts";
import { transact } from "../store/transact.ts";
import { normaliseEmail } from "./email.ts";
import { LoginEntity } from "./login.entity.ts";
import { ownFields, type Profile, toUser } from "./profile.ts";
import { UserEntity } from "./user.entity.ts";

export { type Profile, toUser } from "./profile.ts";

const person = new Service({ user: UserEntity, login: LoginEntity });

/**
 * Creates an account. User and Login are written in one transaction, each on the condition that it does not
 * exist: of any number of parallel registrations of one email exactly one succeeds.
 *
 * @throws AuthError `weak_password`, `email_taken`, `unavailable`.
 */
export async function register(registration: Registration): Promise<UserView> {
  const { email, password } = registration;
  const fields = given(registration);
  Password.assertAcceptable(password, { email, ...fields });
  const now = new Date().toISOString();
  const profile = {
    userId: newId(),
    email,
    emailVerified: false,
    ...fields,
    roles: [] as string[],
    status: "active" as const,
    epoch: 0,
    createdAt: now,
    updatedAt: now,
  };
  const normalisedEmail = normaliseEmail(email);
  const passwordHash = await Password.hash(password);
  const written = await transact(
    person.transaction.write(({ user, login }) => [
      user.create(profile).commit(),
      login.create({ ...profile, normalisedEmail, passwordHash }).commit(),
    ]),
  );
  if (!written) throw new AuthError("email_taken");
  return toUser(profile);
}

/**
 * The person with this email and password. An unknown email, a wrong password and a disabled account cost the
 * same reads and the same hash, and throw the same.
 *
 * @throws AuthError `invalid_credentials`, `unavailable`.
 */
export async function authenticate(email: string, password: string): Promise<Profile> {
  const normalisedEmail = normaliseEmail(email);
  // Raw, because the entity hides the hash from every other reader.
  const { data } = await LoginEntity.get({ normalisedEmail }).go({ consistent: true, data: "raw" });
  const { Item: login } = data as { Item?: LoginItem };
  const matches = await Password.matches(password, login?.passwordHash);
  if (!login || !matches || login.status !== "active") throw new AuthError("invalid_credentials");
  const { passwordHash, ...profile } = login;
  if (Password.isOutdated(passwordHash)) await upgradeHash(normalisedEmail, passwordHash, password);
  return profile;
}

/**
 * @throws AuthError `invalid_token` where the person is gone or disabled: only a token leads here.
 */
export async function get(userId: string): Promise<UserView> {
  return toUser(await find(userId));
}

/**
 * Changes what a person may say of themselves; `null` clears a field. Both items change in one transaction, so
 * that the next log-in tells the same as the next read.
 *
 * @throws AuthError `invalid_token` where the person is gone or disabled, `unavailable`.
 */
export async function change(userId: string, fields: ProfileChange): Promise<UserView> {
  const profile = await find(userId);
  const updatedAt = new Date().toISOString();
  const set = { ...given(fields), updatedAt };
  const cleared = ownFields.filter((field) => fields[field] === null);
  const written = await transact(
    person.transaction.write(({ user, login }) => [
      user.patch({ userId }).set(set).remove(cleared).commit(),
      login
        .patch({ normalisedEmail: normaliseEmail(profile.email) })
        .set(set)
        .remove(cleared)
        .where((attribute, { eq }) => eq(attribute.userId, userId))
        .commit(),
    ]),
  );
  if (!written) throw new AuthError("invalid_token", { cause: "the account ended while it was changed" });
  const changed = { ...profile, ...set };
  for (const field of cleared) delete changed[field];
  return toUser(changed);
}

/**
 * Shuts a person out, or lets them in again. Every session of theirs is over from this write on.
 *
 * @throws AuthError `not_found`, `unavailable`.
 */
export async function setStatus(email: string, status: Profile["status"]): Promise<void> {
  const { data } = await LoginEntity.get({ normalisedEmail: normaliseEmail(email) }).go({ consistent: true });
  if (!data) throw new AuthError("not_found");
  const updatedAt = new Date().toISOString();
  const written = await endSessionsWith(data, { status, updatedAt }, { status, updatedAt });
  if (!written) throw new AuthError("not_found", { cause: "the account ended meanwhile" });
}

/**
 * Gives a person another password. Every session of the one before is over from this write on, that of a log-in
 * under way with it included.
 *
 * @throws AuthError `weak_password`, `invalid_token` where the person is gone or disabled, `unavailable`.
 */
export async function setPassword(userId: string, password: string): Promise<void> {
  const profile = await find(userId);
  Password.assertAcceptable(password, profile);
  const passwordHash = await Password.hash(password);
  const updatedAt = new Date().toISOString();
  const written = await endSessionsWith(profile, { updatedAt }, { updatedAt, passwordHash });
  if (!written) throw new AuthError("invalid_token", { cause: "the account ended while it was changed" });
}

interface LoginItem extends Profile {
  readonly passwordHash: string;
}

type OwnField = (typeof ownFields)[number];

/**
 * Changes both items of a person and raises their epoch with it: that ends the sessions. Removing them afterwards
 * only tells their refresh tokens so. False where the account has ended.
 */
async function endSessionsWith(
  { userId, email }: Pick<Profile, "userId" | "email">,
  user: Partial<Pick<Profile, "status" | "updatedAt">>,
  login: typeof user & { passwordHash?: string },
): Promise<boolean> {
  const written = await transact(
    person.transaction.write((entity) => [
      entity.user.patch({ userId }).set(user).add({ epoch: 1 }).commit(),
      entity.login
        .patch({ normalisedEmail: normaliseEmail(email) })
        .set(login)
        .add({ epoch: 1 })
        .where((attribute, { eq }) => eq(attribute.userId, userId))
        .commit(),
    ]),
  );
  if (written) await Session.endAll(userId);
  return written;
}

async function find(userId: string): Promise<Profile> {
  const { data } = await UserEntity.get({ userId }).go({ consistent: true });
  if (data?.status !== "active")
    throw new AuthError("invalid_token", { cause: "its user is gone or disabled" });
  return data;
}

/** Only where the hash is still the one that was checked: a password changed meanwhile must win. */
async function upgradeHash(normalisedEmail: string, outdated: string, password: string): Promise<void> {
  const passwordHash = await Password.hash(password);
  const upgrade = LoginEntity.patch({ normalisedEmail })
    .set({ passwordHash })
    .where((attribute, { eq }) => eq(attribute.passwordHash, outdated));
  await conditionHolds(upgrade.go());
}

/** The person's own fields that have a value, picked by name: nothing else of a body ever reaches an item. */
function given(fields: ProfileChange): { [Field in OwnField]?: string } {
  return Object.fromEntries(
    ownFields.flatMap((field) => (typeof fields[field] === "string" ? [[field, fields[field]]] : [])),
  );
}
