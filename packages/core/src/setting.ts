/**
 * How one setting is read out of an environment. A value that is missing or wrong throws a `ConfigError` which names the key
 * and what it should be. Which settings there are is `config.ts`'s to say.
 */
import { ConfigError } from "./error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** @param rule what it has to look like, and that in words. */
export function text(env: Environment, key: string, rule: { pattern: RegExp; what: string }): string {
  const value = env[key];
  if (!value) throw new ConfigError(key, `is not set; it should be ${rule.what}`);
  if (value === "undefined" || value === "null" || !rule.pattern.test(value)) {
    throw new ConfigError(key, `should be ${rule.what}`);
  }
  return value;
}

export function url(env: Environment, key: string): string {
  const what = "an http or https URL without a trailing slash, query or fragment";
  const value = text(env, key, { pattern: /^https?:\/\/[^\s?#]*[^\s?#/]$/, what });
  if (!URL.canParse(value)) throw new ConfigError(key, `should be ${what}`);
  return value;
}

/** One that nobody on the way can read: of this machine, or https. */
export function privateUrl(env: Environment, key: string): string {
  const value = url(env, key);
  const { protocol, hostname } = new URL(value);
  if (protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) {
    throw new ConfigError(key, "should be an https URL, or an http one of this machine");
  }
  return value;
}

export function integer(
  env: Environment,
  key: string,
  rule: { min: number; max: number; otherwise: number },
): number {
  const value = env[key];
  if (value === undefined || value === "") return rule.otherwise;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= rule.min && number <= rule.max)) {
    throw new ConfigError(key, `should be a whole number from ${rule.min} to ${rule.max}`);
  }
  return number;
}

/** How often something may happen. */
export function limit(env: Environment, key: string, otherwise: number): number {
  return integer(env, key, { min: 1, max: 1_000_000, otherwise });
}

export function isOn(env: Environment, key: string): boolean {
  return choice(env, key, ["false", "true"]) === "true";
}

/** One of several words; the first is meant where none is given. */
export function choice<const T extends string>(
  env: Environment,
  key: string,
  words: readonly [T, ...T[]],
): T {
  const value = env[key] || words[0];
  const word = words.find((each) => each === value);
  if (word === undefined) throw new ConfigError(key, `should be one of ${words.join(", ")}`);
  return word;
}

/** A wildcard is refused: with credentials it would let any page in (Fetch standard, "CORS protocol"). */
export function origins(env: Environment, key: string): readonly string[] {
  const list = (env[key] ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
  for (const item of list) {
    if (!/^https?:\/\/[^*]+$/.test(item) || !URL.canParse(item) || new URL(item).origin !== item) {
      throw new ConfigError(
        key,
        `should be exact origins separated by commas, like https://app.example.com; "${item}" is none`,
      );
    }
  }
  return Object.freeze(list);
}
