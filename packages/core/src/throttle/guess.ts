import { randomInt } from "node:crypto";
import { config } from "../config.ts";
import { currentRequest } from "../context.ts";
import { AuthError, tolerate } from "../error.ts";
import { normaliseEmail } from "../user/email.ts";
import { closedUntil, type Failures, isCostly, noFailures, remembered } from "./curve.ts";
import { FailuresEntity, type FailuresItem } from "./failures.entity.ts";
import { type Counter, clear, counterOf, countFailure, forget, reserve, takeBack } from "./failures.ts";
import { sourceOf } from "./source.ts";
import { ThrottleEntity } from "./throttle.entity.ts";
import { countIn, type Window, type WindowItem, windowOf } from "./window.ts";

/**
 * A try at the password of an account, by one of two kinds of people.
 *
 * Who holds a live session of the account has proved once who they are, so only the session's own wrong passwords count
 * against them. Anybody else is a source (the gateway's word, an IPv6 /64 being one): against them count their own
 * wrong passwords for this account, everybody's for this account, those of the source for any account, and those of all
 * sources for any account. Of these only the first counts against a source that logged in here before, so that no
 * stranger can shut a person out; and what strangers got wrong stays counted when the person logs in, so that they gain
 * nothing by it.
 */
export interface Guess {
  /** What must be read before the try is admitted: `admit` takes what was found, in this order. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
  /**
   * Lets the try go on, or not. While it is not let on, nothing is counted and nothing prolonged.
   *
   * @param isKnown whether the account's person has been at this source before.
   * @throws AuthError `too_many_requests` with the seconds to wait; `unavailable`.
   */
  admit(found: Found, isKnown: boolean): Promise<void>;
  /** The password was wrong. Answers until when the next try is not looked at, in epoch milliseconds; 0 where it is. */
  fail(): Promise<number>;
  /** The password was right: what was counted of this source, or session, up to this try is forgotten. */
  succeed(): Promise<void>;
}

/** Items as they were read, in the order of the keys. */
export type Found = readonly (object | undefined)[];

const hourSeconds = 3600;
const minuteSeconds = 60;

export function guessAt(email: string): Guess {
  const { sessionId } = currentRequest();
  return sessionId === undefined ? asSource(email) : inSession(email, sessionId);
}

/**
 * In how many items the brake's count stands: one would be read and written more often than an item can be. The setting
 * grows with the log-ins, and so do they (docs/scaling.md).
 */
export function brakeShards(failuresPerMinute: number): number {
  return Math.max(10, Math.ceil(failuresPerMinute / 120));
}

/** Forgets the wrong passwords for an account that has a new one. Where that fails they count a while longer. */
export async function forgive(email: string): Promise<void> {
  const counters = [accountOf(email), ownOf(email, currentSource())];
  await tolerate(Promise.all(counters.map(forget)), "unavailable");
}

function inSession(email: string, sessionId: string): Guess {
  const own = counted(ownOf(email, sessionId));
  return {
    keys: [own.key],
    async admit([found]) {
      own.see(found);
      refuseWhile([own.closedUntil()]);
      await own.pay();
    },
    fail: () => own.fail(),
    succeed: () => own.succeed(),
  };
}

function asSource(email: string): Guess {
  const source = currentSource();
  const own = counted(ownOf(email, source));
  const account = counted(accountOf(email));
  const ofSource = windowOf("source", source, hourSeconds);
  const { sourceFailuresPerHour, failuresPerMinute } = config();
  const shards = brakeShards(failuresPerMinute);
  const ofAll = windowOf("all", `shard ${randomInt(shards)}`, minuteSeconds);

  return {
    keys: [own.key, account.key, keyOf(ofSource), keyOf(ofAll)],
    async admit([ownFound, accountFound, sourceFound, allFound], isKnown) {
      own.see(ownFound);
      account.see(accountFound);
      refuseWhile([own.closedUntil()]);
      const closed = [
        account.closedUntil(),
        fullUntil(ofSource, sourceFound, sourceFailuresPerHour),
        fullUntil(ofAll, allFound, failuresPerMinute / shards),
      ];
      const isCalm = !account.isCostly() && closed.every((until) => until <= Date.now());
      const isStranger = !isCalm && !isKnown;
      if (isStranger) refuseWhile(closed);
      await own.pay();
      if (isStranger) await account.pay();
    },
    async fail() {
      const counting = [own.fail(), account.fail()];
      await Promise.all([countIn(ofSource), countIn(ofAll), ...counting]);
      return Math.max(...(await Promise.all(counting)));
    },
    async succeed() {
      // What the same source got wrong before is counted for the account too.
      await Promise.all([own.succeed(), account.takeBack(own.failedBefore())]);
    },
  };
}

/** One counter on the way through one try. */
function counted(counter: Counter) {
  let seen: Failures = noFailures;
  let isPaid = false;
  return {
    key: FailuresEntity.get(counter).params().Key as Readonly<Record<string, unknown>>,
    see: (found: object | undefined) => {
      seen = remembered(found as FailuresItem | undefined, Date.now());
    },
    isCostly: () => isCostly(seen),
    closedUntil: () => closedUntil(seen),
    /**
     * Counts the try now if the free ones are used up, since looking first and counting afterwards would let any number
     * pass that come together.
     */
    async pay() {
      if (!isCostly(seen)) return;
      const paid = await reserve(counter, seen);
      if (!paid) throw new AuthError("too_many_requests", { retryAfterSeconds: 1 });
      seen = paid;
      isPaid = true;
    },
    async fail() {
      const failures = isPaid ? seen : await countFailure(counter);
      return isCostly(failures) ? closedUntil(failures) : 0;
    },
    async succeed() {
      if (seen.count > 0) await clear(counter, seen);
    },
    failedBefore: () => (isPaid ? seen.count - 1 : seen.count),
    async takeBack(count: number) {
      const mine = isPaid ? count + 1 : count;
      if (mine > 0) await takeBack(counter, mine);
    },
  };
}

/** @param closed ends of what is closed, in epoch milliseconds. */
function refuseWhile(closed: readonly number[]): void {
  const waitMs = Math.max(...closed) - Date.now();
  if (waitMs <= 0) return;
  throw new AuthError("too_many_requests", { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

/** Until when a window is full, in epoch milliseconds; 0 where it is not. */
function fullUntil({ endsAt }: Window, found: object | undefined, most: number): number {
  return ((found as WindowItem | undefined)?.count ?? 0) >= most ? endsAt * 1000 : 0;
}

function keyOf(window: Window): Readonly<Record<string, unknown>> {
  return ThrottleEntity.get(window).params().Key as Readonly<Record<string, unknown>>;
}

function accountOf(email: string): Counter {
  return counterOf("account", normaliseEmail(email));
}

/** An email has no space in it, so no two pairs are one. */
function ownOf(email: string, who: string): Counter {
  return counterOf("pair", `${normaliseEmail(email)} ${who}`);
}

function currentSource(): string {
  return sourceOf(currentRequest().sourceIp);
}
