import type { AuthorizerAnswer } from "./authorizer-answer.ts";

/** So many identities at most; the oldest make room. */
const CAPACITY = 10_000;

/** The answers of one authorizer by the values of its identity sources, kept for a fixed time. */
export interface AuthorizerCache {
  get(identities: readonly string[]): AuthorizerAnswer | undefined;
  set(identities: readonly string[], answer: AuthorizerAnswer): void;
  clear(): void;
}

/** `seconds` of 0 keeps nothing. */
export function createAuthorizerCache(seconds: number): AuthorizerCache {
  const entries = new Map<string, { answer: AuthorizerAnswer; expiresAt: number }>();
  return {
    get(identities) {
      const key = keyOf(identities);
      const entry = entries.get(key);
      if (entry && entry.expiresAt > Date.now()) return entry.answer;
      entries.delete(key);
      return undefined;
    },
    set(identities, answer) {
      if (seconds === 0) return;
      const key = keyOf(identities);
      // Deleted first, so that insertion order is age.
      entries.delete(key);
      entries.set(key, { answer, expiresAt: Date.now() + seconds * 1000 });
      for (const oldest of entries.keys()) {
        if (entries.size <= CAPACITY) break;
        entries.delete(oldest);
      }
    },
    clear: () => entries.clear(),
  };
}

/** JSON, because ["a", "b"] must not meet ["a,b"]. */
function keyOf(identities: readonly string[]): string {
  return JSON.stringify(identities);
}
