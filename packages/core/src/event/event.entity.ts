import { type EventType, eventActors, eventTypes } from "@gatehouse/contract";
import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";
import { chainPattern } from "./chain.ts";

const digest = /^[0-9a-f]{64}$/;

/**
 * Something that happened: `<chain>` / `event#<number>`, in a person's own partition. Never a token, a code, a password
 * or a cookie. Each entry says what the one before it hashes to (docs/decisions/0017). By day it is found in the index.
 */
export const EventEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "event", version: "1" },
    attributes: {
      chain: { type: "string", required: true, readOnly: true, validate: chainPattern },
      /** From 1, without gaps. */
      number: { type: "number", required: true, readOnly: true, padding: { length: 10, char: "0" } },
      /** No two events are alike, also where one of a millisecond says the same as another. */
      eventId: { type: "string", required: true, readOnly: true, validate: idPattern },
      userId: { type: "string", readOnly: true, validate: idPattern },
      type: { type: eventTypes, required: true, readOnly: true },
      /** RFC 3339 in UTC. */
      at: { type: "string", required: true, readOnly: true },
      actor: { type: eventActors, required: true, readOnly: true },
      sessionId: { type: "string", readOnly: true },
      sourceIp: { type: "string", readOnly: true },
      userAgent: { type: "string", readOnly: true },
      requestId: { type: "string", required: true, readOnly: true },
      details: { type: "any", required: true, readOnly: true },
      /** The hash of the one before, and when that may be gone. The first one of a chain has neither. */
      previous: { type: "string", readOnly: true, validate: digest },
      previousExpiresAt: { type: "number", readOnly: true },
      hash: { type: "string", required: true, readOnly: true, validate: digest },
      day: { type: "string", required: true, readOnly: true },
      /** One day's index stands in several partitions: one would be written to more often than a partition can be. */
      shard: { type: "number", required: true, readOnly: true },
      ttl: { type: "number", required: true, readOnly: true },
    },
    indexes: {
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      chain: {
        pk: { field: "pk", composite: ["chain"], template: "${chain}", casing: "none" },
        sk: { field: "sk", composite: ["number"], template: "event#${number}", casing: "none" },
      },
      day: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["day", "shard"], template: "day#${day}#${shard}", casing: "none" },
        sk: { field: "gsi1sk", composite: ["at", "chain"], template: "${at}#${chain}", casing: "none" },
      },
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
    },
  },
  storage,
);

/** An event as it is stored. */
export interface EventItem {
  readonly chain: string;
  readonly number: number;
  readonly eventId: string;
  readonly userId?: string;
  readonly type: EventType;
  readonly at: string;
  readonly actor: (typeof eventActors)[number];
  readonly sessionId?: string;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly requestId: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly previous?: string;
  readonly previousExpiresAt?: number;
  readonly hash: string;
  readonly day: string;
  readonly shard: number;
  readonly ttl: number;
}
