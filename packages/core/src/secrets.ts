import { readFileSync } from "node:fs";
import { requests } from "./aws/requests.ts";
import { config } from "./config.ts";
import { until } from "./deadline.ts";
import { AuthError, ConfigError } from "./error.ts";

/**
 * The secrets by name. Each function is given those it needs and no others (stacks/needs.ts):
 *
 * - `PASSWORD_PEPPER`: 32 random bytes in base64url, the key of the hash that stands before bcrypt; the newest first where
 *   there are several, with commas between them.
 * - `REFRESH_KEY`: 32 random bytes in base64url, the key that refresh tokens are derived with.
 * - `CODE_KEY`: 32 random bytes in base64url, the key that one-time codes are derived with.
 * - `AUDIT_KEY`: 32 random bytes in base64url, the key that recorded events are chained with.
 * - `SIGNING_KEYS`: the private JWK set (RFC 7517), each key with a `state`. Only what issues tokens reads it.
 * - `VERIFICATION_KEYS`: the public half, for what verifies or tells of the keys.
 */
export const secretNames = [
  "PASSWORD_PEPPER",
  "REFRESH_KEY",
  "CODE_KEY",
  "AUDIT_KEY",
  "SIGNING_KEYS",
  "VERIFICATION_KEYS",
] as const;

export type SecretName = (typeof secretNames)[number];

interface Cached {
  readonly value: Promise<string>;
  /** When it was last asked for, and when it was last answered. */
  readonly readAt: number;
  provenAt: number;
}

const cache = new Map<string, Cached>();

/**
 * The value of one secret, kept for `SECRETS_CACHE_SECONDS`. Readers that arrive together share one read.
 * When a later read fails, the value read before stays in use, for an hour at most: a store that is down for a moment
 * signs nobody out, and one that is down for long does not keep alive what was rolled in an emergency.
 *
 * @throws AuthError `unavailable` where the store cannot be read and no value is left to use; ConfigError where the
 *   secret does not exist.
 */
export function secret(name: SecretName): Promise<string> {
  return readUnlessYoungerThan(config().secretsCacheSeconds, name);
}

/** How long after it was last read a value may be used that cannot be read again. */
const longestStaleSeconds = 3600;

/** The shortest time between two reads of a secret that somebody found too old. */
const coolDownSeconds = 10;

/**
 * The value of a secret that may have changed since it was read: read again, though not more often than every ten
 * seconds, however often it is asked for.
 */
export function secretAnew(name: SecretName): Promise<string> {
  return readUnlessYoungerThan(coolDownSeconds, name);
}

function readUnlessYoungerThan(seconds: number, name: SecretName): Promise<string> {
  const source = config().secrets;
  const key = `${source}#${name}`;
  const known = cache.get(key);
  if (known && Date.now() - known.readAt < seconds * 1000) return known.value;
  const reading: Cached = {
    readAt: Date.now(),
    provenAt: Date.now(),
    value: read(source, name).catch(useKnown),
  };
  cache.set(key, reading);
  return reading.value;

  function useKnown(error: unknown): Promise<string> {
    if (!known || Date.now() - known.provenAt > longestStaleSeconds * 1000) {
      cache.delete(key);
      throw error;
    }
    reading.provenAt = known.provenAt;
    return known.value;
  }
}

/** Forgets every value, so that the next use reads again. */
export function forgetSecrets(): void {
  cache.clear();
}

async function read(source: string, name: SecretName): Promise<string> {
  const value = await (source.startsWith("file:")
    ? readFromFile(source.slice("file:".length), name)
    : readFromParameterStore(source.slice("ssm:".length), name));
  if (!value) throw new ConfigError(name, `is not among the secrets at ${source}`);
  return value;
}

async function readFromFile(path: string, name: SecretName): Promise<string | undefined> {
  const secrets: unknown = JSON.parse(readText(path));
  const value = (secrets as Partial<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : undefined;
}

/** It is short, and on a laptop: `node:fs/promises` and a thread to read would take a function longer to load. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return giveUp(error);
  }
}

/** The path is the one `sst secrets set` writes: `/sst/<app>/<stage>/Secret/<name>/value`. */
async function readFromParameterStore(prefix: string, name: SecretName): Promise<string | undefined> {
  const input = { Name: `${prefix}/${name}/value`, WithDecryption: true };
  const { getParameter } = await requests();
  // For all tries together, whatever the deadline of whoever happens to ask: others wait for the same read.
  const limit = AbortSignal.timeout(3000);
  try {
    const { Parameter } = await until(limit, () => getParameter(input));
    return Parameter?.Value;
  } catch (error) {
    return (error as Error).name === "ParameterNotFound" ? undefined : giveUp(error);
  }
}

/** Whatever keeps a store from being read, a refusal included, is no fault of the request that needs the secret. */
function giveUp(cause: unknown): never {
  throw new AuthError("unavailable", { cause });
}
