import { limits } from "@gatehouse/contract";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { normaliseEmail } from "../user/email.ts";
import { sourceOf } from "./source.ts";
import { countWithin, windowOf } from "./window.ts";

export { FailuresEntity } from "./failures.entity.ts";
export { type Found, forgive, type Guess, guessAt } from "./guess.ts";
export { sourceOf } from "./source.ts";
export { ThrottleEntity } from "./throttle.entity.ts";

const windowSeconds = 3600;

/**
 * Counts a request that has mail sent, a registration included, for its source. What all sources together may ask for
 * is the gateway's to limit: a counter of all would let a few shut everybody out.
 *
 * @throws AuthError `too_many_requests`, with the seconds until the window ends; `unavailable`.
 */
export async function countMail(sourceIp: string): Promise<void> {
  const window = windowOf("mail", sourceOf(sourceIp), windowSeconds);
  if (await countWithin(window, config().sourceLimitPerHour)) return;
  throw new AuthError("too_many_requests", { retryAfterSeconds: window.endsAt - epochSeconds() });
}

/**
 * Whether one more mail may go to an address whose reader did not ask for it, and counts it: others decide how often
 * it comes to that.
 *
 * @throws AuthError `unavailable`.
 */
export function mayMail(kind: "notice" | "confirm", email: string): Promise<boolean> {
  return countWithin(windowOf(kind, normaliseEmail(email), windowSeconds), limits.mail.toOnePerHour);
}
