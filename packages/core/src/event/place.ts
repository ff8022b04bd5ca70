import { tolerate } from "../error.ts";
import { conditionHolds } from "../store/condition.ts";
import type { Chain } from "./chain.ts";
import { EventEntity, type EventItem } from "./event.entity.ts";
import { MarkEntity, type MarkItem } from "./mark.entity.ts";

/** Where the next event of a chain goes. */
export type Place = Pick<EventItem, "number" | "previous" | "previousExpiresAt">;

/** The first of a chain. */
export const firstPlace: Place = { number: 1 };

/** The place after the newest event of a chain, as its mark has it: one consistent read. */
export async function nextPlace(chain: Chain): Promise<Place> {
  const { data: mark } = await MarkEntity.get({ chain }).go({ consistent: true });
  return mark ? placeAfter({ ...mark, ttl: mark.eventExpiresAt }) : firstPlace;
}

/** The place after one that was taken: as the mark has it by now, or where it stayed behind, after the event there. */
export async function placeBeyond(chain: Chain, taken: Place): Promise<Place> {
  const next = await nextPlace(chain);
  if (next.number > taken.number) return next;
  const { data: event } = await EventEntity.get({ chain, number: taken.number }).go({ consistent: true });
  return event ? placeAfter(event) : next;
}

export function placeAfter({ number, hash, ttl }: Pick<EventItem, "number" | "hash" | "ttl">): Place {
  return { number: number + 1, previous: hash, previousExpiresAt: ttl };
}

const marginSeconds = 30 * 24 * 3600;

/** The mark of a chain whose newest event this is. */
export function markAt({ chain, number, hash, ttl }: EventItem): MarkItem {
  return { chain, number, hash, eventExpiresAt: ttl, ttl: ttl + marginSeconds };
}

/**
 * Moves the mark on to an event that has been written. It only goes forward. Where that fails it stays behind, and the
 * next event, which finds its place taken, brings it along.
 */
export async function advanceTo(event: EventItem): Promise<void> {
  const moving = MarkEntity.put(markAt(event)).where((stored, { notExists, lt }) =>
    [notExists(stored.number), lt(stored.number, event.number)].join(" OR "),
  );
  await tolerate(conditionHolds(moving.go()), "unavailable");
}
