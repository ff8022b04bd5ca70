import type { WireAnswer } from "./wire.ts";

/** As much as a signature may be off is 5 minutes; the SDK takes 4 for a difference that explains a refusal. */
const telling = 240_000;

/** A request that took this long says nothing about the time. */
const longest = 900_000;

/** When a request was signed. */
export interface Signed {
  /** By the service's clock. */
  readonly date: Date;
  /** By ours. */
  readonly sentAt: number;
  /** The first less the second. */
  readonly offset: number;
}

/** A service's clock, as far as its answers tell: a request is signed by it, or it is refused. */
export interface Clock {
  now(): Signed;
  /** Sets it by an answer's `Date`. True where it was so wrong that it may be why the request was refused. */
  set(answer: WireAnswer, signed: Signed): boolean;
}

export function openClock(): Clock {
  let offset = 0;
  return {
    now() {
      const sentAt = Date.now();
      return { date: new Date(sentAt + offset), sentAt, offset };
    },
    set({ headers: { date, age } }, signed) {
      if (date === undefined) return false;
      const [theirs, ours] = [Date.parse(date), Date.now()];
      // An answer with an age is of a cache, and its date of then.
      const tells = !Number.isNaN(theirs) && age === undefined && ours - signed.sentAt <= longest;
      if (tells) offset = theirs - ours;
      return Math.abs(offset) >= telling && offset !== signed.offset;
    },
  };
}
