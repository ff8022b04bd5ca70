import { watchers } from "../../core/src/store/tries.ts";

/**
 * Counts what goes out to DynamoDB, retries included. Each call of what it answers tells what went out since the last
 * one: `["GetItem", "PutItem"]`.
 */
export function recordRequests(): () => string[] {
  let seen: string[] = [];
  watchers.push((attempt, send) => {
    seen.push(attempt.operation);
    return send();
  });
  return () => {
    const requests = seen;
    seen = [];
    return requests;
  };
}

/**
 * Lets the next requests go out, of one operation or of all, and loses DynamoDB's answers to them, as a network does:
 * what was written is written.
 */
export function loseAnswers(count: number, operation?: string): void {
  let left = count;
  watchers.push(async (attempt, send) => {
    if (left === 0 || (operation && attempt.operation !== operation)) return send();
    left -= 1;
    await send().catch(() => {});
    throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET", name: "TimeoutError" });
  });
}
