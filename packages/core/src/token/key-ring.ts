import { routes } from "@gatehouse/contract";
import { ConfigError } from "../error.ts";
import { longestLifeSeconds } from "./claims.ts";
import { type Algorithm, generateSigningKey, type KeyState, publicHalf, type SigningKey } from "./key.ts";
import { importPrivateKey, readKeys } from "./keys.ts";

/** The private keys of a stage, at most one in each state: the JWK set in the secret `SIGNING_KEYS`. */
export interface KeyRing {
  readonly keys: readonly SigningKey[];
}

/** The longest a function may go on with a secret it has read: the most that `SECRETS_CACHE_SECONDS` may be. */
const longestSecretsCacheSeconds = 3600;

/**
 * How long a key stays `next` before it signs. By then everybody who verifies has heard of it: our functions, what
 * keeps the answer of the JWKS route, and API Gateway's JWT authorizer, which keeps keys for two hours (API Gateway
 * guide, "Control access to HTTP APIs with JWT authorizers").
 */
export const announcedSeconds = longestSecretsCacheSeconds + routes.jwks.cacheSeconds + 7200;

/**
 * How long a key stays `previous` after it was the one that signs. By then every function signs with the new one,
 * and the last token that one of them signed before has run out.
 */
export const fadingSeconds = longestSecretsCacheSeconds + longestLifeSeconds;

/** A change of the ring is not possible, or came too early: then the message says how long to wait. */
export class KeyRingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "KeyRingError";
  }
}

/** Whether to wait for those who have not heard of a change yet. `force` does not: some of them refuse good tokens. */
export interface Patience {
  readonly force?: boolean;
}

/** A ring for a new stage, or in an emergency: nothing that any other ring has signed verifies with it. */
export function createRing(alg: Algorithm): KeyRing {
  return { keys: [generateSigningKey(alg, "current"), generateSigningKey(alg, "next")] };
}

/**
 * The ring in the text of the secret `SIGNING_KEYS`, looked through whole before anything is done with it.
 *
 * @throws ConfigError where it is not one that signs, without any of its text.
 */
export function readRing(text: string): KeyRing {
  // An earlier version did not say since when: long enough ago for anything.
  const keys = readKeys("SIGNING_KEYS", text).map((key) => ({ ...key, since: key.since ?? 0 }));
  for (const key of keys) importPrivateKey("SIGNING_KEYS", key);
  const states = keys.map(({ state }) => state);
  const isRing =
    new Set(states).size === states.length &&
    states.includes("current") &&
    keys.every(({ state, since }) => isState(state) && Number.isSafeInteger(since));
  if (!isRing) throw new ConfigError("SIGNING_KEYS", "should hold a current key and no two in one state");
  return { keys };
}

/**
 * Turns the ring: `next` begins to sign, `current` becomes `previous` and only verifies, and a new `next` is told
 * before it is needed. No token of a live session stops to verify. A ring without a `next`, as an earlier version made
 * it, gets one and turns the next time.
 *
 * @param now epoch seconds.
 * @throws KeyRingError where `next` was not known long enough, or tokens of `previous` may still be about.
 */
export function rotate(ring: KeyRing, alg: Algorithm, now: number, patience: Patience = {}): KeyRing {
  const { keys } = keyIn(ring, "previous") ? retire(ring, now, patience) : ring;
  const [current, next] = [keyIn({ keys }, "current"), keyIn({ keys }, "next")];
  if (!current) throw new KeyRingError("the ring has no current key");
  if (!next) return { keys: [...keys, newNext(alg, now)] };
  assertPast(next.since + announcedSeconds, now, patience, "the next key is too new to sign");
  return {
    keys: [
      { ...next, state: "current", since: now },
      { ...current, state: "previous", since: now },
      newNext(alg, now),
    ],
  };
}

/**
 * Takes the previous key out: what it signed no longer verifies.
 *
 * @param now epoch seconds.
 * @throws KeyRingError where there is none, or a token of it may still be about.
 */
export function retire(ring: KeyRing, now: number, patience: Patience = {}): KeyRing {
  const previous = keyIn(ring, "previous");
  if (!previous) throw new KeyRingError("there is no previous key to retire");
  const reason = "tokens of the previous key may still be in use";
  assertPast(previous.since + fadingSeconds, now, patience, reason);
  return { keys: ring.keys.filter((key) => key !== previous) };
}

/** The public half of the whole ring, for the secret `VERIFICATION_KEYS`. */
export function publicRing({ keys }: KeyRing): { keys: ReturnType<typeof publicHalf>[] } {
  return { keys: keys.map(publicHalf) };
}

/** The key in one state, if there is one. */
export function keyIn({ keys }: KeyRing, state: KeyState): SigningKey | undefined {
  return keys.find((key) => key.state === state);
}

function newNext(alg: Algorithm, since: number): SigningKey {
  return { ...generateSigningKey(alg, "next"), since };
}

function isState(text: string): text is KeyState {
  return text === "next" || text === "current" || text === "previous";
}

function assertPast(time: number, now: number, { force = false }: Patience, reason: string): void {
  if (now < time && !force) throw new KeyRingError(`${reason}; wait ${time - now} s more`);
}
