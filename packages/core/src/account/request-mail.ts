import * as Job from "../job/index.ts";
import * as Throttle from "../throttle/index.ts";

/**
 * Has a mail sent to the owner of an address, if there is one. Nothing of the account is looked at here, so that the
 * answer is the same, and as quick, for an address nobody has.
 *
 * @throws AuthError `too_many_requests`, `unavailable`.
 */
export async function requestMail(
  kind: "verify_email" | "reset_password",
  email: string,
  sourceIp: string,
): Promise<void> {
  await Throttle.countMail(sourceIp);
  await Job.enqueue({ kind, email });
}
