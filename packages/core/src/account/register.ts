import type { Registration, User as UserView } from "@gatehouse/contract";
import { toAuthError } from "../error.ts";
import * as Job from "../job/index.ts";
import * as Throttle from "../throttle/index.ts";
import { type Circumstances, register as createAccount } from "../user/register.ts";

/**
 * Creates an account and has a mail sent to its address, which asks to verify it. Where registration conceals accounts
 * and the email is taken, the same is done and the mail tells its owner. Where it does not, a source is told so often
 * that emails are taken and no more.
 *
 * @throws AuthError `weak_password`, `email_taken`, `too_many_requests`, `unavailable`.
 */
export async function register(
  body: Registration,
  sourceIp: string,
  circumstances?: Circumstances,
): Promise<UserView> {
  const user = await createAccount(body, circumstances).catch(async (error: unknown) => {
    if (toAuthError(error).code === "email_taken") await Throttle.countTakenEmail(sourceIp);
    throw error;
  });
  await Job.notify({ kind: "registered", userId: user.id, email: user.email });
  return user;
}
