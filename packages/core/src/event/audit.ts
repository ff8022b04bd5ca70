import { table as shape } from "@gatehouse/contract";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { client, storage } from "../store/client.ts";
import { attributesOf, type RawItem, readPartition } from "../store/partition.ts";
import { auditKey } from "./audit-key.ts";
import type { Chain } from "./chain.ts";
import { EventEntity, type EventItem } from "./event.entity.ts";
import { shards } from "./fact.ts";
import type { MarkItem } from "./mark.entity.ts";
import { verifyChain } from "./verify.ts";

/** One record, looked at. */
export interface Verified {
  readonly chain: string;
  readonly events: number;
  /** What does not add up, in words for an operator; none where the record is whole. */
  readonly findings: readonly string[];
}

/** Verifies every record of the table: a scan finds them, and each is read by itself, consistently. */
export async function* verifyAll(): AsyncGenerator<Verified> {
  for (const chain of await findChains()) yield verifyOne(chain);
}

/** Verifies one record. */
export async function verifyOne(chain: string): Promise<Verified> {
  const items = await readPartition(chain);
  const of = <T>(entity: string) =>
    items.filter((item) => item["__edb_e__"] === entity).map(attributesOf) as T[];
  const events = of<EventItem>("event");
  const [mark] = of<MarkItem>("mark");
  const [user] = of<{ createdAt: string }>("user");
  const findings = verifyChain(events, mark, { key: await auditKey(), now: epochSeconds() });
  // Every account has at least its registration on record, for as long as that is kept.
  const isSilent = events.length === 0 && mark === undefined && user !== undefined && isKept(user.createdAt);
  return {
    chain,
    events: events.length,
    findings: isSilent ? ["there is an account and nothing of it on record"] : findings,
  };
}

/** So many of a day's partitions are asked at a time. */
const askedAtOnce = 16;

/** What was recorded of one day of the stage, `2026-11-27`, in the order of time: 128 queries of the index. */
export async function eventsOfDay(day: string): Promise<readonly EventItem[]> {
  const events: EventItem[][] = [];
  for (let first = 0; first < shards; first += askedAtOnce) {
    const queries = Array.from({ length: askedAtOnce }, (_, next) =>
      EventEntity.query.day({ day, shard: first + next }).go({ pages: "all" }),
    );
    events.push(...(await Promise.all(queries)).map(({ data }) => data as EventItem[]));
  }
  return events.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** What was recorded of one chain, the oldest first. */
export async function eventsOf(chain: Chain): Promise<readonly EventItem[]> {
  const { data } = await EventEntity.query.chain({ chain }).go({ consistent: true, pages: "all" });
  return data as EventItem[];
}

/** The partitions that hold a record, or a person whose record should be there. */
async function findChains(): Promise<ReadonlySet<string>> {
  const chains = new Set<string>();
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.call("Scan", {
      TableName: storage.table,
      FilterExpression: "#entity IN (:event, :mark, :user)",
      ProjectionExpression: "#pk",
      ExpressionAttributeNames: { "#entity": "__edb_e__", "#pk": shape.partitionKey },
      ExpressionAttributeValues: { ":event": "event", ":mark": "mark", ":user": "user" },
      ConsistentRead: true,
      ExclusiveStartKey: after,
    });
    for (const item of page.Items as RawItem[]) chains.add(String(item[shape.partitionKey]));
    after = page.LastEvaluatedKey;
  } while (after);
  return chains;
}

function isKept(createdAt: string): boolean {
  return Date.parse(createdAt) / 1000 + config().eventRetentionSeconds > epochSeconds();
}
