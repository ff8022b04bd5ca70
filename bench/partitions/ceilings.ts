import { limits } from "../../packages/contract/src/limits.ts";
import { settingsOf } from "../../stacks/stage.ts";
import { markdown } from "../support/markdown.ts";
import { type Demand, everyday } from "./everyday.ts";
import { partitionLimit } from "./heat.ts";

/** What AWS allows where nothing was asked for, in us-east-1. `docs/scaling.md` says where each stands. */
export const quotas = {
  /** A table on demand, and its index by itself, from its first second. */
  newTable: { reads: 12_000, writes: 4_000 },
  /** The most of a table on demand, and of its index by itself. */
  table: { reads: 40_000, writes: 40_000 },
  gatewayRequests: 10_000,
  functionsAtOnce: 1_000,
  /** New containers of one function in ten seconds. */
  functionsInTenSeconds: 1_000,
  /** `GetParameter` a second. */
  parameters: 40,
} as const;

/** `SECRETS_CACHE_SECONDS` by default. */
const secretsCacheSeconds = 300;

/** Something that is full at so many tries to log in a second. */
export interface Ceiling {
  readonly what: string;
  readonly takes: string;
  readonly fullAt: number;
  readonly remedy: string;
}

/** Partitions of the index of one day, and counters of the brake. */
export interface Spread {
  readonly day: number;
  readonly brake: number;
}

/** What is full at how many tries to log in a second, the first of all first. */
export function ceilingsOf(demand: Demand, spread: Spread): readonly Ceiling[] {
  const { routes, password } = limits;
  const { logInConcurrency = 0 } = settingsOf("prod");
  const ceilings: readonly Ceiling[] = [
    ceiling("`POST /login` at the gateway", routes.login.rate, "requests", 1, "`limits.routes`"),
    ceiling("`POST /refresh`", routes.refresh.rate, "requests", everyday["refresh"], "`limits.routes`"),
    ceiling("`POST /register`", routes.register.rate, "requests", everyday["register"], "`limits.routes`"),
    ceiling(
      "the brake",
      password.allPerMinute / 60,
      "wrong passwords",
      demand.wrongPasswords,
      "`FAILURES_PER_MINUTE`",
    ),
    ceiling(
      "log-ins hashed at once",
      logInConcurrency,
      "containers",
      demand.logInSeconds,
      "`logInConcurrency`",
    ),
    ceiling("a new table", quotas.newTable.writes, "writes", demand.writes, "pre-warming"),
    ceiling("a new table", quotas.newTable.reads, "reads", demand.reads, "pre-warming"),
    ceiling("a new index", quotas.newTable.writes, "writes", demand.entries, "pre-warming"),
    ceiling(
      "the quota of the gateway",
      quotas.gatewayRequests,
      "requests",
      demand.requests,
      "Service Quotas",
    ),
    ceiling("the quota of a table", quotas.table.reads, "reads", demand.reads, "Service Quotas"),
    ceiling("the quota of a table", quotas.table.writes, "writes", demand.writes, "Service Quotas"),
    ceiling("the quota of an index", quotas.table.writes, "writes", demand.entries, "Service Quotas"),
    ceiling(
      "the quota of functions",
      quotas.functionsAtOnce,
      "containers",
      demand.functionSeconds,
      "Service Quotas",
    ),
    ceiling(
      "SSM, containers that run",
      quotas.parameters,
      "secrets",
      demand.secretsAtStart / secretsCacheSeconds,
      "a setting of SSM",
    ),
    ceiling(
      `the brake's ${spread.brake} counters`,
      spread.brake * partitionLimit.reads,
      "reads",
      1,
      "`FAILURES_PER_MINUTE`",
    ),
    ceiling(
      `the day's ${spread.day} partitions`,
      spread.day * partitionLimit.writes,
      "writes",
      demand.entries,
      "`shards` of `event/fact.ts`",
    ),
  ];
  return ceilings.toSorted((a, b) => a.fullAt - b.fullAt);
}

function ceiling(
  what: string,
  limit: number,
  unit: string,
  each: number | undefined,
  remedy: string,
): Ceiling {
  return { what, takes: `${limit.toLocaleString("en")} ${unit}`, fullAt: limit / (each ?? 1), remedy };
}

/** The rates that docs/scaling.md is about. */
export const rates = [1_000, 10_000, 100_000] as const;

/** The tables of docs/scaling.md, as Markdown. */
export function scalingTables(demand: Demand, spread: Spread): string {
  const ceilings = ceilingsOf(demand, spread).map(({ what, takes, fullAt, remedy }) => [
    what,
    takes,
    rounded(fullAt),
    remedy,
  ]);
  const need = (name: string, of: (rate: number) => number) => [
    name,
    ...rates.map((rate) => rounded(of(rate))),
  ];
  const needs = [
    need("requests at the gateway", (rate) => rate * demand.requests),
    need("log-ins hashed at once", (rate) => rate * demand.logInSeconds),
    need("functions at once", (rate) => rate * demand.functionSeconds),
    need(
      "seconds until Lambda has started those of the log-in",
      (rate) => (10 * rate * demand.logInSeconds) / quotas.functionsInTenSeconds,
    ),
    need("secrets read while they start", (rate) => rate * demand.secretsAtStart),
    need("reads of the table", (rate) => rate * demand.reads),
    need("writes of the table", (rate) => rate * demand.writes),
    need("writes of the index", (rate) => rate * demand.entries),
    need("wrong passwords within a minute", (rate) => 60 * rate * demand.wrongPasswords),
    need("dollars an hour", (rate) => 3600 * rate * demand.dollars),
  ];
  return `${markdown(["what is full", "it takes", "full at log-ins a second", "raised by"], ceilings, "left")}

${markdown(["log-ins a second", ...rates.map((rate) => rounded(rate))], needs)}
`;
}

/** With two digits that count. */
function rounded(number: number): string {
  return Number(number.toPrecision(2)).toLocaleString("en");
}
