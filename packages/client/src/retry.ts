import type { GatehouseError } from "./error.ts";
import type { Result } from "./result.ts";

/** Whom it asks to come back later than this, the caller hears of it at once. */
const longestWaitSeconds = 10;

/**
 * Tries again, as often as `retries` says, what failed for a reason that may pass. Only for what can be repeated without
 * harm. It waits as long as the answer says, or else longer each time, and never as long as others do (AWS Architecture
 * Blog, "Exponential Backoff and Jitter").
 */
export async function withRetries<Data>(
  attempt: () => Promise<Result<Data>>,
  retries: number,
  signal: AbortSignal | undefined,
): Promise<Result<Data>> {
  for (let retry = 0; ; retry += 1) {
    const result = await attempt();
    const wait = result.error && retry < retries ? waitMs(result.error, retry) : undefined;
    if (wait === undefined) return result;
    await pause(wait, signal);
  }
}

function waitMs({ code, status, retryAfterSeconds }: GatehouseError, retry: number): number | undefined {
  const mayPass =
    code === "network_error" ||
    code === "timeout" ||
    code === "request_in_progress" ||
    status === 429 ||
    status >= 500;
  if (!mayPass || (retryAfterSeconds ?? 0) > longestWaitSeconds) return undefined;
  return (retryAfterSeconds ?? 0) * 1000 + Math.random() * 300 * 2 ** retry;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    }
  });
}
