import type { Registration, User as UserView } from "@gatehouse/contract";
import * as Job from "../job/index.ts";
import * as Throttle from "../throttle/index.ts";
import { type Circumstances, register as createAccount } from "../user/register.ts";

/**
 * Creates an account and has a mail sent to its address, which asks to verify it. Where registration conceals accounts
 * and the email is taken, the same is done and the mail tells its owner. Each try counts for its source, whatever
 * becomes of it: a limit on taken emails alone would tell which are.
 *
 * @throws AuthError `weak_password`, `email_taken`, `too_many_requests`, `unavailable`.
 */
export async function register(
  body: Registration,
  sourceIp: string,
  circumstances?: Circumstances,
): Promise<UserView> {
  await Throttle.countMail(sourceIp);
  const user = await createAccount(body, circumstances);
  // The job has the account's id: a registration that is repeated queues the same one.
  await Job.notify({ id: user.id, kind: "registered", userId: user.id, email: user.email });
  return user;
}
