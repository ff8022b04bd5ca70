import { randomBytes } from "node:crypto";
import { ulid } from "ulid";

/** A new id: a ULID in lower case, so that it sorts by time and no index can confuse two that differ in case. */
export function newId(): string {
  return ulid().toLowerCase();
}

/** What an id looks like. Anything else never reaches a key. */
export const idPattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** 128 random bits in hex, for what must not be guessed or must never repeat. */
export function randomHex(): string {
  return randomBytes(16).toString("hex");
}
