export * as Throttle from "./index.ts";

import { createHash } from "node:crypto";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { AuthError, toAuthError } from "../error.ts";
import { conditionHolds } from "../store/condition.ts";
import { sourceOf } from "./source.ts";
import { ThrottleEntity, type ThrottleKind } from "./throttle.entity.ts";

export { ThrottleEntity } from "./throttle.entity.ts";

const windowSeconds = 3600;

/** Of all mails that all callers together have sent within an hour: below what SES sends by default, 14 a second. */
const mostMails = 36_000;

/** Of the notices to one person that others can cause, within an hour. */
const mostNotices = 10;

/**
 * Counts a request that has mail sent, for its source and for all.
 *
 * @throws AuthError `too_many_requests`, with the seconds until the window ends; `unavailable`.
 */
export async function countMail(sourceIp: string): Promise<void> {
  await count("mail", sourceOf(sourceIp), config().sourceLimitPerHour);
  await count("mail_all", "all", mostMails);
}

/**
 * Counts that a source was told that an email is taken.
 *
 * @throws AuthError `too_many_requests`, in place of telling it; `unavailable`.
 */
export async function countTakenEmail(sourceIp: string): Promise<void> {
  await count("email_taken", sourceOf(sourceIp), config().sourceLimitPerHour);
}

/**
 * Whether a person may be told once more that somebody wanted to use their address, and counts it: others decide how
 * often it is asked.
 *
 * @throws AuthError `unavailable`.
 */
export async function mayTell(userId: string): Promise<boolean> {
  return count("notice", userId, mostNotices).then(
    () => true,
    (error: unknown) => {
      if (toAuthError(error).code === "too_many_requests") return false;
      throw error;
    },
  );
}

/** One conditional update: of any number of requests at a time no more than the limit pass. */
async function count(kind: ThrottleKind, who: string, most: number): Promise<void> {
  const now = epochSeconds();
  const endsAt = now - (now % windowSeconds) + windowSeconds;
  const counting = ThrottleEntity.update({ kind, who: hash(who), endsAt })
    .set({ ttl: endsAt })
    .add({ count: 1 })
    .where((stored, { notExists, lt }) => [notExists(stored.count), lt(stored.count, most)].join(" OR "));
  if (await conditionHolds(counting.go())) return;
  throw new AuthError("too_many_requests", { retryAfterSeconds: endsAt - now });
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
