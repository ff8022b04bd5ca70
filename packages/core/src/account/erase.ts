import { setTimeout as sleep } from "node:timers/promises";
import type { ErasureReceipt } from "@gatehouse/contract";
import { AuthError, toAuthError } from "../error.ts";
import * as Event from "../event/index.ts";
import { newId } from "../id.ts";
import * as Job from "../job/index.ts";
import { writeLog } from "../log.ts";
import { transact } from "../store/transact.ts";
import { reauthenticate } from "../user/index.ts";
import type { LoginItem } from "../user/person.ts";
import { account, partitionOf, sweepUnlessPerson } from "./belongings.ts";
import { underWaySeconds } from "./ending-sessions.ts";

/** About what a log-in takes between its read of the account and its write of a session. */
const logInMs = 750;

/**
 * Deletes an account and everything that is stored of it, for a person who knows their password. One transaction takes
 * the email's claim and the profile: from then on nobody is let in, and the email is free. The rest of the partition
 * follows. What a request under way writes after that is looked for once more before the answer, and again by a job
 * that was queued before anything was deleted, so that neither a late write nor a crash leaves an orphan.
 *
 * @throws AuthError `wrong_password`, `invalid_token`, `unavailable`; after none of them anything was deleted, unless
 *   every answer of DynamoDB was lost, and then the job finishes it.
 */
export async function erase(userId: string, password: string): Promise<ErasureReceipt> {
  const login = await reauthenticate(userId, password);
  const items = await partitionOf(userId);
  await Job.enqueue({ kind: "tidy", userId }, { delaySeconds: underWaySeconds });
  if (!(await removePerson(login))) {
    await reauthenticate(userId, password);
    throw new AuthError("unavailable", { cause: "the account changed meanwhile" });
  }
  await sweepUnlessPerson(userId).catch(leaveToTheJob);
  await sleep(logInMs);
  await sweepUnlessPerson(userId).catch(leaveToTheJob);
  const receiptId = newId();
  await recordErasure(receiptId);
  const { email, locale } = login;
  await Job.notify({ kind: "account_deleted", email, ...(locale === undefined ? {} : { locale }) });
  // The Login stands in a partition of its own.
  return { receiptId, erasedAt: new Date().toISOString(), itemsErased: items.length + 1 };
}

function removePerson({ userId, normalisedEmail, passwordHash }: LoginItem): Promise<boolean> {
  return transact(
    account.transaction.write(({ user, login }) => [
      user.remove({ userId }).commit(),
      login
        .remove({ normalisedEmail })
        .where((stored, { eq }) =>
          [eq(stored.userId, userId), eq(stored.passwordHash, passwordHash)].join(" AND "),
        )
        .commit(),
    ]),
  );
}

/** Of the stage, and with the receipt's id in place of all that would name the person. That it fails undoes nothing. */
async function recordErasure(receiptId: string): Promise<void> {
  const fact = { type: "account_deleted", actor: "user", details: { receiptId } } as const;
  await Event.record(Event.stageChain, fact).catch((error: unknown) => {
    const { code } = toAuthError(error);
    writeLog({ level: "ERROR", message: "an erasure was not recorded", error: { code, reason: receiptId } });
  });
}

function leaveToTheJob(): void {}
