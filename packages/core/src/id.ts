import { randomBytes, randomInt } from "node:crypto";
import { decodeTime, monotonicFactory } from "ulid";

// By itself it would load Web Crypto.
const ulid = monotonicFactory(() => randomInt(256) / 256);

/**
 * A new id: a ULID in lower case, so that it sorts by time and no index can confuse two that differ in case. Those that
 * one process makes sort in their order, also within a millisecond.
 */
export function newId(): string {
  return ulid().toLowerCase();
}

/** When an id was made: RFC 3339 in UTC. */
export function createdAtOf(id: string): string {
  return new Date(decodeTime(id.toUpperCase())).toISOString();
}

/** What an id looks like. Anything else never reaches a key. */
export const idPattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** 128 random bits in hex, for what must not be guessed or must never repeat. */
export function randomHex(): string {
  return randomBytes(16).toString("hex");
}
