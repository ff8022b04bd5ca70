import * as Job from "../job/index.ts";
import * as Throttle from "../throttle/index.ts";

/** How a mail comes to be asked for. */
export interface Asking {
  /** As the gateway saw it. */
  readonly sourceIp: string;
  /** Of the job, the same for a request that is repeated. @default a new one */
  readonly jobId?: string;
}

/**
 * Has a mail sent to the owner of an address, if there is one. Nothing of the account is looked at here, so that the
 * answer is the same, and as quick, for an address nobody has.
 *
 * @throws AuthError `too_many_requests`, `unavailable`.
 */
export async function requestMail(
  kind: "verify_email" | "reset_password",
  email: string,
  { sourceIp, jobId }: Asking,
): Promise<void> {
  await Throttle.countMail(sourceIp);
  await Job.enqueue({ ...(jobId && { id: jobId }), kind, email });
}
