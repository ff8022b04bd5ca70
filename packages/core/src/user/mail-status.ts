import { AuthError } from "../error.ts";
import { chainOf } from "../event/chain.ts";
import type { Fact } from "../event/fact.ts";
import { transactRecorded } from "../event/transact-recorded.ts";
import { type LoginItem, readLogin } from "./person.ts";

/**
 * Of an address that has an account: a mail came back for good, one was marked as spam, or somebody has shown that mails
 * are read there. The first two end mail to it.
 */
export type MailStatus = "bounced" | "complained" | "proven";

/** What a proof that mails are read at an address writes into its Login, in the transaction of what it proves. */
export function proven(now: string): { readonly mailStatus: "proven"; readonly mailStatusAt: string } {
  return { mailStatus: "proven", mailStatusAt: now };
}

/**
 * Marks an address that refuses mail, if it has an account, and puts that on its person's record. What is known of a later
 * time stays: events come twice, late, and in any order.
 *
 * @param at RFC 3339 in UTC with milliseconds: when the mail was sent that came back, or when it was complained of.
 * @throws AuthError `unavailable`.
 */
export async function refuseMail(email: string, status: "bounced" | "complained", at: string): Promise<void> {
  const login = await readLogin(email);
  if (!login || (login.mailStatusAt ?? "") >= at) return;
  const fact = { type: "mail_refused", actor: "system", details: { reason: status } } as const;
  await write(login, fact, { mailStatus: status, mailStatusAt: at });
}

/**
 * Lets mails go out to an address again, for an operator who knows better.
 *
 * @throws AuthError `not_found`, `unavailable`.
 */
export async function resumeMail(email: string): Promise<void> {
  const login = await readLogin(email);
  if (!login) throw new AuthError("not_found");
  await write(login, { type: "mail_resumed", actor: "operator" }, proven(new Date().toISOString()));
}

/** Nothing is written where the account has ended, or more is known of its address by now. */
function write(
  { userId, normalisedEmail }: LoginItem,
  fact: Fact,
  known: { readonly mailStatus: MailStatus; readonly mailStatusAt: string },
): Promise<boolean> {
  return transactRecorded(chainOf(userId), fact, ({ login }) => [
    login
      .patch({ normalisedEmail })
      .set(known)
      .where((stored, { eq, lt, notExists }) => {
        const isNews = [notExists(stored.mailStatusAt), lt(stored.mailStatusAt, known.mailStatusAt)];
        return `${eq(stored.userId, userId)} AND (${isNews.join(" OR ")})`;
      })
      .commit(),
  ]);
}
