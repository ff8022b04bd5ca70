import type { KeyObject } from "node:crypto";
import type { EventItem } from "./event.entity.ts";
import { hashOf } from "./hash.ts";
import type { MarkItem } from "./mark.entity.ts";

/** What does not add up in a chain, in words for an operator. */
export type Finding = string;

/**
 * Whether a chain is whole: nothing in it was changed and nothing removed before its time. What is gone because its
 * retention is over leaves no finding.
 *
 * @param events all that is left of the chain, in the order of their numbers.
 * @param mark how far it has come; undefined where there is none.
 * @param now epoch seconds.
 */
export function verifyChain(
  events: readonly EventItem[],
  mark: MarkItem | undefined,
  { key, now }: { readonly key: KeyObject; readonly now: number },
): readonly Finding[] {
  return [...events.flatMap((event, index) => [...faultsOf(event, events[index - 1])]), ...endOf()];

  function* faultsOf(event: EventItem, before: EventItem | undefined): Generator<Finding> {
    const { hash, ...unsealed } = event;
    if (hashOf(unsealed, key) !== hash) yield `event ${event.number} was changed`;
    const last = before?.number ?? 0;
    if (event.number === last + 1) {
      if (event.previous !== before?.hash) yield `event ${event.number} does not follow the one before it`;
    } else if (!((event.previousExpiresAt ?? Number.POSITIVE_INFINITY) <= now)) {
      yield missing(last + 1, event.number - 1);
    }
  }

  function* endOf(): Generator<Finding> {
    const last = events.at(-1)?.number ?? 0;
    if (mark && mark.number > last && mark.eventExpiresAt > now) yield missing(last + 1, mark.number);
    if (!mark && events.length > 0) yield "its mark is missing";
  }
}

function missing(from: number, to: number): Finding {
  return from === to ? `event ${from} is missing` : `events ${from} to ${to} are missing`;
}
