import { causesOf } from "../error.ts";
import { transactionConflict } from "../store/outage.ts";
import type { Failure, Metadata } from "./failure.ts";

/**
 * The SDK's standard retry mode (AWS SDKs reference guide, "Retry behavior"): which failures are worth another try, how
 * long to wait, and when to stop trying at all.
 */
export interface Retry {
  readonly attempts: number;
  /** The longest pause after the first failure; doubled with each try, and a random part of it is waited. */
  readonly pauseMilliseconds: number;
}

const throttled = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);

const passing = new Set<string | undefined>([
  "ReplicatedWriteConflictException",
  "TimeoutError",
  "RequestTimeout",
  "RequestTimeoutException",
  transactionConflict,
]);

const unconnected = new Set<string | undefined>([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

const down = new Set<number | undefined>([500, 502, 503, 504]);

function isThrottling({ name, $metadata }: Failure): boolean {
  return $metadata?.httpStatusCode === 429 || throttled.has(name);
}

/** Of a failure and what caused it, the first that is a decision. */
function passes(failure: Failure): boolean {
  for (const { name, code, message, $metadata } of causesOf(failure) as Iterable<Failure>) {
    if (name === "AbortError") return false;
    if (passing.has(name) || unconnected.has(code) || down.has($metadata?.httpStatusCode)) return true;
    if ($metadata?.clockSkewCorrected) return true;
    if (name === "InvalidSignatureException" && message.includes("Signature expired")) return true;
  }
  return false;
}

/** What a failure takes of the tries that are left. */
export const budget = {
  costOf: (isThrottled: boolean): number => (isThrottled ? 5 : 14),
};

const full = 500;

/** In milliseconds. */
const [pauseWhereThrottled, longestPause] = [1000, 20_000];

/**
 * What tries until something succeeds, fails for good, has failed too often or nothing is left of the tries: a service that
 * is down for everybody is not asked three times by everybody. A call that succeeds gives back what it took, or one.
 */
export function openRetry({ attempts, pauseMilliseconds }: Retry) {
  let left = full;

  return async function retrying<T extends { $metadata: Metadata }>(
    attempt: (number: number) => Promise<T>,
  ): Promise<T> {
    let waited = 0;
    let cost = 1;
    for (let made = 1; ; made++) {
      try {
        const answer = await attempt(made);
        left = Math.min(full, left + cost);
        Object.assign(answer.$metadata, { attempts: made, totalRetryDelay: waited });
        return answer;
      } catch (thrown) {
        const failure = thrown as Failure;
        const isThrottled = isThrottling(failure);
        cost = budget.costOf(isThrottled);
        if (!(isThrottled || passes(failure)) || made === attempts || left < cost) {
          failure.$metadata = { ...failure.$metadata, attempts: made, totalRetryDelay: waited };
          throw failure;
        }
        left -= cost;
        const wait = pauseAfter(failure, isThrottled ? pauseWhereThrottled : pauseMilliseconds, made);
        waited += wait;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
}

function pauseAfter({ comeBackAt }: Failure, base: number, made: number): number {
  const drawn = Math.floor(Math.random() * Math.min(base * 2 ** (made - 1), longestPause));
  const told = comeBackAt === undefined ? 0 : comeBackAt - Date.now();
  return Math.max(drawn, Math.min(told, drawn + 5000));
}
