export * as Throttle from "./index.ts";

import { createHash } from "node:crypto";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { AuthError, toAuthError } from "../error.ts";
import { conditionHolds } from "../store/condition.ts";
import { normaliseEmail } from "../user/email.ts";
import { sourceOf } from "./source.ts";
import { ThrottleEntity, type ThrottleKind } from "./throttle.entity.ts";

export { ThrottleEntity } from "./throttle.entity.ts";

const windowSeconds = 3600;

/** Of the mails of one kind to one address that people without an account there can cause, within an hour. */
const mostMailsToOne = 10;

/**
 * Counts a request that has mail sent, a registration included, for its source. What all sources together may ask for
 * is the gateway's to limit: a counter of all would let a few shut everybody out.
 *
 * @throws AuthError `too_many_requests`, with the seconds until the window ends; `unavailable`.
 */
export async function countMail(sourceIp: string): Promise<void> {
  await count("mail", sourceOf(sourceIp), config().sourceLimitPerHour);
}

/**
 * Whether one more mail may go to an address whose reader did not ask for it, and counts it: others decide how often
 * it comes to that.
 *
 * @throws AuthError `unavailable`.
 */
export async function mayMail(kind: "notice" | "confirm", email: string): Promise<boolean> {
  return count(kind, normaliseEmail(email), mostMailsToOne).then(
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
