import { randomInt } from "node:crypto";
import { newId } from "../id.ts";

/** How many sessions one person may have at a time. */
export const seats = 50;

export const seatPattern = /^[0-4]\d$/;

/** A session's id: its seat, which finds the item, and a ULID, which no other session ever has. */
export const sessionIdPattern = /^[0-4]\d[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** A new session's id in one seat, or in any. */
export function newSessionId(seat: string = seatName(randomInt(seats))): string {
  return seat + newId();
}

/** Which seat a session sits in. */
export function seatOf(sessionId: string): string {
  return sessionId.slice(0, 2);
}

/** The seats that none of these sessions sits in. */
export function freeSeats(taken: Iterable<{ readonly seat: string }>): readonly string[] {
  const names = new Set(Array.from(taken, ({ seat }) => seat));
  return Array.from({ length: seats }, (_, index) => seatName(index)).filter((seat) => !names.has(seat));
}

function seatName(index: number): string {
  return String(index).padStart(2, "0");
}
