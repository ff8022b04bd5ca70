import * as Job from "../job/index.ts";
import * as Session from "../session/index.ts";

/**
 * Longer than any request that read the account before can still be under way. It is counted from before the write, so
 * it spans what this function has left and then all that another one, or the worker, may take.
 */
export const underWaySeconds = 60;

/**
 * Does what ends a person's sessions, all but one perhaps, in `write`, and then removes them. The change of epoch in
 * `write` is what ends them; removing them tells their refresh tokens so, and where that fails or a log-in under way
 * stores another one, the job that was queued before removes it. Answers how many ran, or undefined where nothing was
 * written.
 *
 * @throws AuthError `unavailable`; then nothing was written, unless every answer of DynamoDB was lost.
 */
export async function endingSessions(
  userId: string,
  { keepId = "", write }: { readonly keepId?: string; readonly write: () => Promise<boolean> },
): Promise<number | undefined> {
  const { sessions } = await Session.list(userId, keepId);
  await Job.enqueue({ kind: "tidy", userId }, { delaySeconds: underWaySeconds });
  if (!(await write())) return undefined;
  const others = sessions.filter(({ current }) => !current);
  await Promise.allSettled(others.map(({ id }) => Session.remove(userId, id)));
  return others.length;
}
