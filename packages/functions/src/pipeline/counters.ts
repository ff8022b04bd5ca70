import type { ErrorCode, RouteName } from "@gatehouse/contract";

/** How a request ended, as far as it is counted. */
export interface Outcome {
  readonly route: RouteName;
  readonly status: number;
  /** Of the refusal; undefined where there was none. */
  readonly code: ErrorCode | undefined;
  readonly coldStart: boolean;
  /** Whether it failed because a setting or a secret could not be used. */
  readonly configurationRefused?: boolean;
}

/** What is counted, and which requests count. Each has its row in docs/operations.md. */
export const counters = {
  LogIns: ({ route, code }) => route === "login" && code === undefined,
  LogInFailures: ({ code }) => code === "invalid_credentials",
  LogInBlocks: ({ route, status }) => route === "login" && status === 429,
  Refreshes: ({ route, code }) => route === "refresh" && code === undefined,
  RefreshReuse: ({ code }) => code === "refresh_token_reused",
  Registrations: ({ route, code }) => route === "register" && code === undefined,
  Errors5xx: ({ status }) => status >= 500,
  ConfigurationRefused: ({ configurationRefused }) => configurationRefused === true,
  ColdStart: ({ coldStart }) => coldStart,
} as const satisfies Readonly<Record<string, (outcome: Outcome) => boolean>>;

export type Counter = keyof typeof counters;

/** What the authorizer counts, which answers no route: what it refuses, and what it fails at. */
export const authorizerCounters = ["AuthorizerDenials", "AuthorizerErrors"] as const;

/** The counters that a request adds one to. */
export function countersOf(outcome: Outcome): readonly Counter[] {
  return (Object.keys(counters) as Counter[]).filter((name) => counters[name](outcome));
}
