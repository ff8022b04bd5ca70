import { currentRequest } from "../context.ts";
import { hash } from "../throttle/hash.ts";
import { sourceOf } from "../throttle/source.ts";

/** So many are remembered: some 350 bytes, with which an ordinary Login is still one write unit, of 1 KB. */
const most = 20;

/**
 * Where the person of an account has been: the sources from which they registered, logged in, or chose a new password
 * with a mailed link, the newest first. Kept in the Login, which a try reads in any case, so that knowing a stranger
 * costs an attacked account nothing.
 */
export type KnownSources = readonly string[];

/** Whether the person has been at the source of the current request. */
export function isHere(known: KnownSources = []): boolean {
  return known.includes(here());
}

/** With the source of the current request; the oldest goes where there are too many. */
export function withHere(known: KnownSources = []): string[] {
  return [here(), ...known].slice(0, most);
}

/** Half of the hash that other keys have: nobody but the account's own person adds to the list. */
function here(): string {
  return hash(sourceOf(currentRequest().sourceIp)).slice(0, 16);
}
