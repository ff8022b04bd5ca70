import { limits } from "@gatehouse/contract";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Metrics } from "./metrics.ts";
import type { FunctionName } from "./needs.ts";

/** When an alarm rings. Each has its heading in docs/operations.md, which is its name. */
export interface AlarmRule {
  readonly metric: (metrics: Metrics, reading: { statistic: string; minutes: number }) => IMetric;
  /** @default Sum */
  readonly statistic?: "Sum" | "Maximum" | "p99";
  /** How long one reading takes. */
  readonly minutes: number;
  /** It rings at this and above. */
  readonly threshold: number;
  /** So many readings in a row. @default 1 */
  readonly inARow?: number;
  /**
   * What no reading means: that nothing happened, or that nothing is known, and then the alarm stays as it is.
   * @default nothing happened
   */
  readonly missing?: "unknown";
  /** What it means, in a few words for whoever is woken by it. */
  readonly says: string;
}

/** Those whose failures no 5xx of a route tells of, and those that everybody waits for. */
const watched = ["authorizer", "login", "refresh", "worker"] as const satisfies readonly FunctionName[];

/**
 * Every alarm, what somebody must see first at the top. The numbers are for a stage of some ten requests a second; a busier
 * one raises what is counted absolutely. A single event rings only where one is one too many.
 */
export const alarmRules = {
  "api-5xx": {
    metric: (all, reading) => all.serverErrors(reading),
    // One may be a container that died; a dependency that is down answers every request so.
    minutes: 5,
    threshold: 5,
    says: "The API answers 5xx.",
  },
  "authorizer-errors": {
    metric: (all, reading) => all.counted("AuthorizerErrors", reading),
    // Each is a request to any API behind the authorizer that was answered 500, and is asked again at once.
    minutes: 5,
    threshold: 3,
    says: "The authorizer cannot decide, and the APIs behind it answer 500.",
  },
  "function-errors": {
    metric: (all, reading) => all.ofFunctions(watched, "Errors", reading),
    // Ours catch what is thrown: what is counted here did not load, ran out of time or of memory.
    minutes: 5,
    threshold: 3,
    says: "A function did not load, or was cut off.",
  },
  "function-throttles": {
    metric: (all, reading) => all.ofFunctions(watched, "Throttles", reading),
    // A short burst above the concurrency that is reserved for log-ins is meant to be turned away.
    minutes: 1,
    threshold: 10,
    inARow: 3,
    says: "Lambda turns calls away: the account or the log-in is out of concurrency.",
  },
  "configuration-refused": {
    metric: (all, reading) => all.counted("ConfigurationRefused", reading),
    minutes: 5,
    // It does not mend itself.
    threshold: 1,
    says: "A secret or a setting cannot be used, and requests fail for it.",
  },
  "table-throttles": {
    metric: (all, reading) => all.tableThrottles(reading, "gsi1"),
    // The SDK tries again, and on demand the table splits what is hot within minutes.
    minutes: 5,
    threshold: 10,
    inARow: 2,
    says: "DynamoDB throttles the table or its index.",
  },
  "table-errors": {
    metric: (all, reading) => all.tableErrors(reading),
    // The SDK tries three times; a few in a million are usual.
    minutes: 5,
    threshold: 10,
    says: "DynamoDB fails by itself.",
  },
  "api-latency": {
    metric: (all, reading) => all.latency(reading),
    statistic: "p99",
    minutes: 5,
    // A cold log-in takes about a second: one hash of 0.1 s, the SDK, the secrets. People leave at three.
    threshold: 3000,
    inARow: 3,
    says: "One request of a hundred takes three seconds or more.",
  },
  "log-in-latency": {
    metric: (all, reading) => all.ofFunction("login", "Duration", reading),
    statistic: "p99",
    minutes: 5,
    threshold: 3000,
    inARow: 3,
    says: "One log-in of a hundred takes three seconds or more.",
  },
  "refresh-reuse": {
    metric: (all, reading) => all.counted("RefreshReuse", reading),
    // A client that restores an old backup does it once. Several are a stolen set of tokens, or a client with a fault.
    minutes: 15,
    threshold: 10,
    says: "Refresh tokens that were replaced come back, and their sessions are ended.",
  },
  "log-in-failures": {
    metric: (all, reading) => all.counted("LogInFailures", reading),
    minutes: 1,
    // A quarter of what makes the brake turn strangers away.
    threshold: limits.password.allPerMinute / 4,
    inARow: 5,
    says: "Passwords are being guessed, from many places.",
  },
  "log-in-blocks": {
    metric: (all, reading) => all.counted("LogInBlocks", reading),
    minutes: 5,
    // One person who forgot a password makes a handful.
    threshold: 100,
    says: "Log-ins are answered 429: somebody guesses, or honest people are turned away.",
  },
  "gateway-throttles": {
    metric: (all, reading) => all.gatewayThrottles(reading),
    // API Gateway may not log excessive ones: there are more than are counted (its guide, "Monitor HTTP APIs").
    minutes: 1,
    threshold: 50,
    inARow: 3,
    says: "API Gateway answers 429 before a function is asked: a flood, or a limit that has become too small.",
  },
  "dead-letters": {
    metric: (all, reading) => all.deadLetters(reading),
    statistic: "Maximum",
    minutes: 1,
    // Each is a mail that somebody waits for, or something that had to be tidied up.
    threshold: 1,
    // SQS stops counting a queue that nothing touched for six hours: what lies there lies there still.
    missing: "unknown",
    says: "Jobs failed five times and were parked.",
  },
  "queue-age": {
    metric: (all, reading) => all.oldestJob(reading),
    statistic: "Maximum",
    minutes: 5,
    // In seconds. Five tries, 180 s apart, take twelve minutes: what is older has not been tried as it should.
    threshold: 900,
    inARow: 2,
    says: "A job waits for a quarter of an hour: nobody takes from the queue.",
  },
  "mail-bounces": {
    metric: (all, reading) => all.reputation("Reputation.BounceRate", reading),
    statistic: "Maximum",
    minutes: 60,
    // SES reviews an account at 5 % and stops its mail at 10 % (SES guide, "Enforcement FAQ").
    threshold: 0.03,
    // It is published only where mail goes out, and does not end by itself.
    missing: "unknown",
    says: "Too many mails bounce, of the whole account in this region.",
  },
  "mail-complaints": {
    metric: (all, reading) => all.reputation("Reputation.ComplaintRate", reading),
    statistic: "Maximum",
    minutes: 60,
    // SES reviews at 0.1 % and stops at 0.5 %.
    threshold: 0.0005,
    missing: "unknown",
    says: "Too many mails are marked as spam, of the whole account in this region.",
  },
} as const satisfies Readonly<Record<string, AlarmRule>>;

export type AlarmName = keyof typeof alarmRules;
