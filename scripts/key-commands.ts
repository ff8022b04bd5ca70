/**
 * What `npm run keys` does with the secrets of one place. Each command answers lines for the terminal: never a
 * private member, never a secret. Any of them may be interrupted between two writes and simply run again.
 */
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { epochSeconds, toTimestamp } from "../packages/core/src/clock.ts";
import type { Algorithm } from "../packages/core/src/token/key.ts";
import {
  announcedSeconds,
  fadingSeconds,
  type KeyRing,
  keyIn,
  type Patience,
  publicRing,
  readRing,
  retire,
  rotate,
} from "../packages/core/src/token/key-ring.ts";
import { describePeppers } from "./pepper-commands.ts";
import { type SecretStore, SecretStoreError, type Secrets } from "./secret-store.ts";

type Lines = readonly string[];

/** Without a key of these a place works on with a new one: what was made with the old one is refused, and no more. */
const derivingKeys = ["REFRESH_KEY", "CODE_KEY"] as const;

/** What has to be there and may be made later. The audit key is not replaced: the events of before would not verify. */
const keysOfPlace = [...derivingKeys, "AUDIT_KEY"] as const;

/**
 * Makes every secret that is not there yet; a pepper that is there stays, because the passwords hang on it. A place
 * of an earlier version, which has signing keys, gets what was added since and keeps the rest.
 *
 * @throws SecretStoreError where nothing is missing, unless `ifMissing` says that this is as good.
 */
export async function initialise(
  store: SecretStore,
  alg: Algorithm = "ES256",
  { ifMissing = false }: { readonly ifMissing?: boolean | undefined } = {},
): Promise<Lines> {
  const known = await store.read();
  if (known.SIGNING_KEYS !== undefined) return complete(store, known, ifMissing);
  const fresh = generateSecrets(alg);
  const missing = (["PASSWORD_PEPPER", ...keysOfPlace] as const).filter((name) => known[name] === undefined);
  // What signs comes last: until it is there, init may be run again.
  const names = [...missing, "VERIFICATION_KEYS", "SIGNING_KEYS"] as const;
  for (const name of names) await store.write(name, fresh[name]);
  return [`made ${names.join(", ")} at ${store.place}`, ...describe(readRing(fresh.SIGNING_KEYS))];
}

async function complete(store: SecretStore, known: Secrets, ifMissing: boolean): Promise<Lines> {
  const missing = keysOfPlace.filter((name) => known[name] === undefined);
  if (missing.length === 0) {
    if (ifMissing) return [`nothing is missing at ${store.place}; everything stays as it was`];
    throw new SecretStoreError(
      `There are keys at ${store.place} already: rotate them, or see what they are with show`,
    );
  }
  const fresh = generateSecrets();
  for (const name of missing) await store.write(name, fresh[name]);
  return [
    `made ${missing.join(", ")} at ${store.place}, which is of an earlier version; everything else stays as it was`,
  ];
}

/**
 * Turns the ring: next to current, current to previous, previous out, and a new next.
 *
 * @throws KeyRingError where it is too early and `force` is not set; nothing is changed then.
 */
export async function rotateKeys(
  store: SecretStore,
  { algorithm, ...patience }: Patience & { readonly algorithm?: Algorithm | undefined } = {},
): Promise<Lines> {
  const { ring, published } = await open(store);
  await publishMissing(store, ring, published);
  const alg = algorithm ?? keyIn(ring, "next")?.alg ?? "ES256";
  const turned = rotate(ring, alg, epochSeconds(), patience);
  if (keyIn(ring, "previous")) {
    await withdraw(store, { keys: ring.keys.filter(({ state }) => state !== "previous") });
  }
  await publish(store, turned);
  const now = epochSeconds();
  const outlook = keyIn(turned, "previous")
    ? [`retire the previous key after ${toTimestamp(now + fadingSeconds)}`]
    : [];
  const again = `rotate again after ${toTimestamp(now + announcedSeconds)}`;
  return [`rotated the keys at ${store.place}`, ...describe(turned), ...outlook, again];
}

/**
 * Replaces the whole ring and the keys of the refresh tokens and the one-time codes, whatever is there: nobody stays
 * logged in, and no mailed link works. Those who verify are told first, so that an emergency that is interrupted lets
 * nobody in.
 */
export async function replaceKeys(store: SecretStore, algorithm?: Algorithm): Promise<Lines> {
  const alg = algorithm ?? algorithmOf(demandKeys(store, await store.read()));
  const { PASSWORD_PEPPER: _pepper, AUDIT_KEY: _audit, ...fresh } = generateSecrets(alg);
  for (const name of ["VERIFICATION_KEYS", ...derivingKeys, "SIGNING_KEYS"] as const) {
    await store.write(name, fresh[name]);
  }
  return [`replaced every key at ${store.place}`, ...describe(readRing(fresh.SIGNING_KEYS))];
}

/**
 * Takes the previous key out, or finishes what was interrupted while doing so.
 *
 * @throws KeyRingError where there is none, or it is too early and `force` is not set.
 */
export async function retireKey(store: SecretStore, patience: Patience = {}): Promise<Lines> {
  const { ring, published } = await open(store);
  await publishMissing(store, ring, published);
  // Who signs has forgotten it already, who verifies has not.
  const isHalfDone = published.length > ring.keys.length && !keyIn(ring, "previous");
  const rest = isHalfDone ? ring : retire(ring, epochSeconds(), patience);
  await withdraw(store, rest);
  return [`retired the previous key at ${store.place}`, ...describe(rest)];
}

/** A line for each key: state, algorithm, kid, since when; and one for each pepper. */
export async function showKeys(store: SecretStore): Promise<Lines> {
  const { ring, published } = await open(store);
  const peppers = describePeppers(await store.read());
  const isInStep = ring.keys.length === published.length && missingFrom(published, ring).length === 0;
  const notice =
    "VERIFICATION_KEYS does not hold the same keys: the command that was interrupted should be run again";
  return [...describe(ring), ...peppers, ...(isInStep ? [] : [notice])];
}

async function open(store: SecretStore): Promise<{ ring: KeyRing; published: readonly string[] }> {
  const { SIGNING_KEYS = "", VERIFICATION_KEYS } = demandKeys(store, await store.read());
  return { ring: readRing(SIGNING_KEYS), published: kidsOf(VERIFICATION_KEYS) };
}

function demandKeys(store: SecretStore, secrets: Secrets): Secrets {
  if (secrets.SIGNING_KEYS !== undefined) return secrets;
  throw new SecretStoreError(
    `There are no keys at ${store.place}: is that the place you mean? init makes them`,
  );
}

/** Who signs forgets a key before those who verify do. */
async function withdraw(store: SecretStore, ring: KeyRing): Promise<void> {
  await store.write("SIGNING_KEYS", JSON.stringify(ring));
  await store.write("VERIFICATION_KEYS", JSON.stringify(publicRing(ring)));
}

/** Those who verify learn of a key before anybody signs with it. */
async function publish(store: SecretStore, ring: KeyRing): Promise<void> {
  await store.write("VERIFICATION_KEYS", JSON.stringify(publicRing(ring)));
  await store.write("SIGNING_KEYS", JSON.stringify(ring));
}

/** No command leaves it so; two at the same time may, and so may a hand. */
async function publishMissing(
  store: SecretStore,
  ring: KeyRing,
  published: readonly string[],
): Promise<void> {
  const missing = missingFrom(published, ring);
  if (missing.length === 0) return;
  await store.write("VERIFICATION_KEYS", JSON.stringify(publicRing(ring)));
  throw new SecretStoreError(
    `VERIFICATION_KEYS of ${store.place} lacked ${missing.join(", ")}, and is mended: ` +
      `wait ${announcedSeconds} s, until everybody has read it, and run this again`,
  );
}

function missingFrom(published: readonly string[], ring: KeyRing): readonly string[] {
  return ring.keys.map(({ kid }) => kid).filter((kid) => !published.includes(kid));
}

function kidsOf(verificationKeys = "{}"): readonly string[] {
  try {
    const { keys = [] } = JSON.parse(verificationKeys) as { keys?: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  } catch {
    return [];
  }
}

/** What the stage signs with now; an emergency must go on where that cannot be read. */
function algorithmOf({ SIGNING_KEYS = "" }: Secrets): Algorithm {
  try {
    return keyIn(readRing(SIGNING_KEYS), "current")?.alg ?? "ES256";
  } catch {
    return "ES256";
  }
}

function describe({ keys }: KeyRing): Lines {
  return keys.map(
    ({ state, alg, kid, since }) => `${state.padEnd(8)}  ${alg}  ${kid}  since ${toTimestamp(since)}`,
  );
}
