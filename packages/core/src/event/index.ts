import type { EventList } from "@gatehouse/contract";
import { AuthError } from "../error.ts";
import { recordRefusalsBy } from "../refused-setting.ts";
import { outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import { type Chain, chainOf, stageChain } from "./chain.ts";
import { EventEntity, type EventItem } from "./event.entity.ts";
import { eventOf, type Fact } from "./fact.ts";
import { advanceTo, nextPlace, type Place, placeAfter } from "./place.ts";
import { toView } from "./view.ts";

export { type Chain, chainOf, stageChain, strangersChain } from "./chain.ts";
export { EventEntity, type EventItem } from "./event.entity.ts";
export type { Fact } from "./fact.ts";
export { MarkEntity } from "./mark.entity.ts";
export { nextPlace, type Place } from "./place.ts";
export { verifyChain } from "./verify.ts";

recordRefusalsBy((setting) =>
  record(stageChain, { type: "configuration_refused", actor: "system", details: { setting } }),
);

/** Of as many as come at once for one chain, the last has that many before it. */
const attempts = 200;

/**
 * Puts an event at the end of a chain: one read, then the event, then the mark. Where another takes the place meanwhile,
 * the answer says what stands there, and the event goes after it: nobody waits for anybody.
 *
 * @param place that was read already.
 * @throws AuthError `unavailable`.
 */
export async function record(
  chain: Chain,
  fact: Fact,
  place: Place | Promise<Place> = nextPlace(chain),
): Promise<void> {
  let next = await place;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const event = await eventOf(chain, fact, next);
    const putting = EventEntity.put(event).where((stored, { notExists }) => notExists(stored.number));
    const put = await outcomeOf<unknown, EventItem>(putting.go(tellWhatStoodThere));
    // It may be this very event that stands there: the SDK repeats a try whose answer was lost.
    if (put.made || put.found?.hash === event.hash) return advanceTo(event);
    next = placeAfter(put.found as EventItem);
  }
  throw new AuthError("unavailable", { cause: "every place tried was taken by another event" });
}

/** @param before a number: only what is older than it. */
export async function list(
  userId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<EventList> {
  const query = EventEntity.query.chain({ chain: chainOf(userId) });
  const older = before === undefined ? query : query.lt({ number: before });
  const { data } = await older.go({ consistent: true, order: "desc", limit });
  const events = data.map((event) => toView(event as EventItem));
  const oldest = events.at(-1)?.number ?? 1;
  return { events, next: events.length === limit && oldest > 1 ? oldest : null };
}
