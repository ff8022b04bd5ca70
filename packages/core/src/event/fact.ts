import { createHash } from "node:crypto";
import { config } from "../config.ts";
import { currentRequest } from "../context.ts";
import { newId } from "../id.ts";
import { auditKey } from "./audit-key.ts";
import { type Chain, stageChain } from "./chain.ts";
import type { EventItem } from "./event.entity.ts";
import { hashOf, type Unsealed } from "./hash.ts";
import type { Place } from "./place.ts";

/** Something that is to be recorded. The time, and the request it happened in, are added to it. */
export interface Fact extends Pick<EventItem, "type"> {
  /** @default user, where the request came with a session, and else anonymous */
  readonly actor?: EventItem["actor"];
  /** @default that of the request */
  readonly sessionId?: string;
  /** From where, if not from where the request came. */
  readonly origin?: Pick<EventItem, "sourceIp" | "userAgent">;
  readonly details?: EventItem["details"];
}

/**
 * So many partitions hold the index of one day, each of which takes a thousand events a second (docs/scaling.md). It may
 * be raised at any time and never lowered: readers ask all of them, and what was recorded before lies in the first. A byte
 * of a hash chooses one, so it divides 256.
 */
export const shards = 128;

/** Of an email that nobody has, nothing is worth keeping for long. */
const strangersRetentionSeconds = 7 * 24 * 3600;

/** The event that a fact becomes in its place. */
export async function eventOf(chain: Chain, fact: Fact, place: Place): Promise<EventItem> {
  const { requestId, sourceIp, userAgent, sessionId: current } = currentRequest();
  const { type, sessionId = current, origin = { sourceIp, userAgent }, details = {} } = fact;
  // The stage's record outlives the people whose requests are in it.
  const about = chain === stageChain ? {} : present({ userId: personOf(chain), sessionId, ...origin });
  const now = new Date();
  const unsealed: Unsealed = {
    chain,
    ...place,
    eventId: newId(),
    type,
    at: now.toISOString(),
    actor: fact.actor ?? (sessionId === undefined ? "anonymous" : "user"),
    ...about,
    requestId,
    details,
    day: dayOf(now),
    shard: shardOf(chain),
    ttl: Math.floor(now.getTime() / 1000) + retentionSeconds(chain),
  };
  return { ...unsealed, hash: hashOf(unsealed, await auditKey()) };
}

/** The day of a time, in UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function personOf(chain: Chain): string | undefined {
  return chain.startsWith("user#") ? chain.slice("user#".length) : undefined;
}

/** Spread evenly: the first characters of a person's id are those of when they registered. */
function shardOf(chain: Chain): number {
  return createHash("sha256").update(chain).digest().readUInt8(0) % shards;
}

function retentionSeconds(chain: Chain): number {
  const { eventRetentionSeconds } = config();
  return chain.startsWith("unknown#")
    ? Math.min(eventRetentionSeconds, strangersRetentionSeconds)
    : eventRetentionSeconds;
}

/** Without what is undefined: an attribute that is not there is not hashed. */
function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
