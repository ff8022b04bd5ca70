import { setTimeout as sleep } from "node:timers/promises";
import { account } from "../account/belongings.ts";
import { AuthError } from "../error.ts";
import { failedConditions } from "../store/transact.ts";
import type { Chain } from "./chain.ts";
import { eventOf, type Fact } from "./fact.ts";
import { advanceTo, firstPlace, markAt, nextPlace, placeBeyond } from "./place.ts";

type Build = Parameters<typeof account.transaction.write>[0];

const attempts = 10;

const longestPauseMs = 200;

/**
 * Runs a transaction and records it in the same one: both are written, or neither. Answers as `failedConditions` which
 * of its own items have a condition that does not hold. Where only the event's place was taken, meanwhile or by one
 * whose mark stayed behind, it is tried again after a pause.
 *
 * @param isNew whether the chain begins with it: then nothing need be read, and the mark is written along.
 * @throws AuthError `unavailable`.
 */
export async function failedConditionsRecorded(
  chain: Chain,
  fact: Fact,
  build: Build,
  { isNew = false } = {},
): Promise<readonly number[]> {
  let next = isNew ? firstPlace : await nextPlace(chain);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const event = await eventOf(chain, fact, next);
    let own = 0;
    const failed = await failedConditions(
      account.transaction.write((entities) => {
        const items = build(entities);
        own = items.length;
        const inPlace = entities.event
          .put(event)
          .where((stored, { notExists }) => notExists(stored.number))
          .commit();
        const mark = isNew ? [entities.mark.create(markAt(event)).commit()] : [];
        return [...items, inPlace, ...mark];
      }),
    );
    if (failed.length === 0 && !isNew) await advanceTo(event);
    const ofItsOwn = failed.filter((index) => index < own);
    if (failed.length === 0 || ofItsOwn.length > 0) return ofItsOwn;
    await sleep(Math.random() * Math.min(10 * 2 ** attempt, longestPauseMs));
    next = await placeBeyond(chain, next);
  }
  throw new AuthError("unavailable", { cause: "every place tried was taken by another event" });
}

/** The same where all or nothing is all there is to know: false where a condition does not hold. */
export async function transactRecorded(
  ...args: Parameters<typeof failedConditionsRecorded>
): Promise<boolean> {
  return (await failedConditionsRecorded(...args)).length === 0;
}
