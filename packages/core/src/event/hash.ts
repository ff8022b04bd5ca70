import { createHmac, type KeyObject } from "node:crypto";
import { canonical } from "../canonical.ts";
import type { EventItem } from "./event.entity.ts";

/** An event before it is hashed. */
export type Unsealed = Omit<EventItem, "hash">;

/**
 * HMAC-SHA-256 over everything that an event says, the hash of the one before it included: who changes one has to
 * change all after it, and cannot without the key.
 */
export function hashOf(event: Unsealed, key: KeyObject): string {
  return createHmac("sha256", key).update("gatehouse event 1|").update(canonical(event)).digest("hex");
}
