import { client } from "../../core/src/store/client.ts";

/**
 * Counts at the SDK's client what goes out to DynamoDB, retries included. Each call of what it answers tells what went
 * out since the last one: `["GetItem", "PutItem"]`.
 */
export function recordRequests(): () => string[] {
  let seen: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        seen.push(commandName.replace(/Command$/, ""));
        return next(args);
      },
    // Innermost: below the SDK's retries, so that each try counts.
    { name: "recordRequests", step: "finalizeRequest", priority: "low", override: true },
  );
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
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (left === 0 || (operation && commandName !== `${operation}Command`)) return next(args);
        left -= 1;
        await next(args).catch(() => {});
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET", name: "TimeoutError" });
      },
    { name: "loseAnswers", step: "finalizeRequest", priority: "low", override: true },
  );
}
