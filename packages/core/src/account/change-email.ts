import type { EmailChange, User as UserView } from "@gatehouse/contract";
import { epochSeconds } from "../clock.ts";
import * as Code from "../code/index.ts";
import { AuthError } from "../error.ts";
import { chainOf } from "../event/chain.ts";
import { failedConditionsRecorded } from "../event/transact-recorded.ts";
import { randomHex } from "../id.ts";
import * as Job from "../job/index.ts";
import { transact } from "../store/transact.ts";
import * as Throttle from "../throttle/index.ts";
import { isSameEmail, normaliseEmail } from "../user/email.ts";
import { reauthenticate } from "../user/index.ts";
import { proven } from "../user/mail-status.ts";
import { findLogin, type LoginItem } from "../user/person.ts";
import { ownFields, toUser } from "../user/profile.ts";
import { account } from "./belongings.ts";
import type { Asking } from "./request-mail.ts";

/**
 * Asks for another email for a person who knows their password. Nothing changes yet: the new address is asked to
 * confirm and the present one is told, with a link that calls it off. Whether the new one is taken is not looked at
 * here, so that nobody learns it; its owner is told by mail.
 *
 * @throws AuthError `wrong_password`, `validation_failed` where it is their email already, `too_many_requests`,
 *   `invalid_token`, `unavailable`.
 */
export async function requestEmailChange(
  userId: string,
  { email: newEmail, password }: EmailChange,
  { sourceIp, jobId }: Asking,
): Promise<void> {
  await Throttle.countMail(sourceIp);
  const { email } = await reauthenticate(userId, password);
  if (isSameEmail(newEmail, email))
    throw new AuthError("validation_failed", {
      fields: [{ pointer: "/email", message: "is the email of the account already" }],
    });
  await Job.enqueue({ ...(jobId && { id: jobId }), kind: "change_email", userId, newEmail });
}

/** The token of the link that was mailed to the new address, or the digits beside it. */
export type Confirmation = { readonly token: string } | { readonly code: string };

/**
 * Gives a person the email that has just confirmed: the claim on the new address, the end of that on the old one and
 * both items of the person change in one transaction. Only the person's own session can, so that an address that was
 * mistyped hands nobody else the account.
 *
 * @throws AuthError `invalid_code`, `email_taken`, `invalid_token`, `unavailable`.
 */
export async function confirmEmail(userId: string, confirmation: Confirmation): Promise<UserView> {
  const code =
    "token" in confirmation
      ? await Code.readLink("change_email", confirmation.token)
      : await Code.readTyped("change_email", userId, confirmation.code);
  if (code.userId !== userId) throw new AuthError("invalid_code", { cause: "it is somebody else's" });
  for (let attempt = 1; attempt <= 3; attempt++) {
    const login = await findLogin(userId);
    const moved = await move(login, code);
    if (!moved) continue;
    await Job.notify({ kind: "email_changed", userId, oldEmail: login.email, newEmail: code.email });
    return toUser(moved);
  }
  throw new AuthError("unavailable", { cause: "the account changed all the time" });
}

/**
 * Calls off a change of email that has not been confirmed yet, for the reader of the old address. The code stays where
 * it is, past its time, so that the job that made it, delivered again, does not begin anew.
 *
 * @throws AuthError `invalid_code`, `unavailable`.
 */
export async function undoEmailChange(token: string): Promise<void> {
  const { userId, purpose, nonce } = await Code.readLink("change_email", token, "undo");
  const now = epochSeconds();
  // A transaction, because its token tells a repeated try from another's.
  const written = await transact(
    account.transaction.write(({ code }) => [
      code
        .patch({ userId, purpose })
        .set({ nonce: randomHex(), expiresAt: now, typedExpiresAt: now })
        .where((stored, { eq }) => eq(stored.nonce, nonce))
        .commit(),
    ]),
  );
  if (!written) throw new AuthError("invalid_code", { cause: "spent meanwhile" });
}

/**
 * Moves a person to the address of a code. The Login is made anew under its new key and everything of the old one goes
 * along, so none of it may have changed since it was read.
 *
 * @returns the person as they are then, or undefined where something of theirs changed between the read and this.
 */
async function move(login: LoginItem, code: Code.CodeItem): Promise<LoginItem | undefined> {
  const { userId, normalisedEmail: before, epoch, passwordHash, updatedAt } = login;
  if (epoch !== code.epoch) throw new AuthError("invalid_code", { cause: "its account has changed" });
  if (before === normaliseEmail(code.email))
    throw new AuthError("invalid_code", { cause: "confirmed already" });
  const set = { email: code.email, emailVerified: true, updatedAt: new Date().toISOString() };
  const { contested: _, ...kept } = login;
  const moved = {
    ...kept,
    ...set,
    ...proven(set.updatedAt),
    normalisedEmail: normaliseEmail(code.email),
    roles: [...login.roles],
    knownSources: [...(login.knownSources ?? [])],
  };
  const failed = await failedConditionsRecorded(chainOf(userId), { type: "email_changed" }, (entity) => [
    entity.code
      .remove({ userId, purpose: code.purpose })
      .where((stored, { eq }) => eq(stored.nonce, code.nonce))
      .commit(),
    entity.user
      .patch({ userId })
      .set(set)
      .where((stored, { eq }) => [eq(stored.epoch, epoch), eq(stored.updatedAt, updatedAt)].join(" AND "))
      .commit(),
    entity.login
      .remove({ normalisedEmail: before })
      .where((stored, { eq, notExists }) =>
        [
          eq(stored.userId, userId),
          eq(stored.passwordHash, passwordHash),
          // Two changes may be of one millisecond.
          ...ownFields.map((field) => {
            const value = login[field];
            return value === undefined ? notExists(stored[field]) : eq(stored[field], value);
          }),
        ].join(" AND "),
      )
      .commit(),
    entity.login.create(moved).commit(),
  ]);
  if (failed.includes(0)) throw new AuthError("invalid_code", { cause: "spent meanwhile" });
  if (failed.includes(3)) throw new AuthError("email_taken");
  return failed.length === 0 ? moved : undefined;
}
