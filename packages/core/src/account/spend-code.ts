import type { CodeItem } from "../code/index.ts";
import { chainOf } from "../event/chain.ts";
import { transactRecorded } from "../event/transact-recorded.ts";
import { normaliseEmail } from "../user/email.ts";
import { withHere } from "../user/known-sources.ts";
import { proven } from "../user/mail-status.ts";

/** What a code does to its person. */
export interface Effect {
  readonly passwordHash?: string;
  /** Raises the epoch: ends every session, and every other code. */
  readonly endsSessions: boolean;
}

/** Whoever knew the password before may be who has to be kept out: of their sources none is known any more. */
const begunAnew = (passwordHash: string) => ({ passwordHash, knownSources: withHere() });

/**
 * Spends a code that was mailed to a person's address: marks that address as theirs and does what else it is for, in
 * one transaction. False where it was spent meanwhile, or where its person is no longer active, of the same epoch, or
 * of that address.
 */
export function spendCode(code: CodeItem, { passwordHash, endsSessions }: Effect): Promise<boolean> {
  const { userId, purpose, nonce, epoch } = code;
  const set = { emailVerified: true, updatedAt: new Date().toISOString() };
  const raise = { epoch: endsSessions ? 1 : 0 };
  return transactRecorded(
    chainOf(userId),
    { type: passwordHash === undefined ? "email_verified" : "password_reset", actor: "mail" },
    (entity) => [
      entity.code
        .remove({ userId, purpose })
        .where((stored, { eq }) => eq(stored.nonce, nonce))
        .commit(),
      entity.user
        .patch({ userId })
        .set(set)
        .add(raise)
        .where((stored, { eq }) => [eq(stored.epoch, epoch), eq(stored.status, "active")].join(" AND "))
        .commit(),
      entity.login
        .patch({ normalisedEmail: normaliseEmail(code.email) })
        .set({ ...set, ...proven(set.updatedAt), ...(passwordHash && begunAnew(passwordHash)) })
        .add(raise)
        .remove(["contested"])
        .where((stored, { eq, notExists }) =>
          // Of an address that two have registered the password of neither counts: only another one settles it.
          [eq(stored.userId, userId), ...(passwordHash ? [] : [notExists(stored.contested)])].join(" AND "),
        )
        .commit(),
    ],
  );
}
