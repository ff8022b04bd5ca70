import * as Code from "../code/index.ts";
import { AuthError } from "../error.ts";
import * as Job from "../job/index.ts";
import * as Password from "../password/index.ts";
import * as Throttle from "../throttle/index.ts";
import { readProfile } from "../user/find.ts";
import { endingSessions } from "./ending-sessions.ts";
import { spendCode } from "./spend-code.ts";

/**
 * Gives the reader of a mailed link a new password. Every session ends and no other begins: who reads the mail is not
 * thereby logged in. The address counts as verified, since the link was read there. A password that is refused spends
 * nothing.
 *
 * @throws AuthError `invalid_code`, `weak_password`, `unavailable`.
 */
export async function resetPassword(token: string, password: string): Promise<void> {
  const code = await Code.readLink("reset_password", token);
  const { userId, epoch } = code;
  const profile = await readProfile(userId);
  if (profile?.status !== "active" || profile.epoch !== epoch)
    throw new AuthError("invalid_code", { cause: "its account has changed" });
  await Password.assertAcceptable(password, profile);
  const passwordHash = await Password.hash(password);
  const write = () => spendCode(code, { passwordHash, endsSessions: true });
  const ended = await endingSessions(userId, { write });
  if (ended === undefined)
    throw new AuthError("invalid_code", { cause: "spent, or its account has changed" });
  await Throttle.forgive(code.email);
  await Job.notify({ kind: "password_changed", userId });
}
