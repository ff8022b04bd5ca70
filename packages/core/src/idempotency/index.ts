import { canonical } from "../canonical.ts";
import { epochSeconds } from "../clock.ts";
import { AuthError, toAuthError, tolerate } from "../error.ts";
import { newId } from "../id.ts";
import { conditionHolds, outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import { IdempotencyEntity, type IdempotencyItem } from "./idempotency.entity.ts";
import { macOf, seal, unseal } from "./seal.ts";

export { IdempotencyEntity } from "./idempotency.entity.ts";

/** An operation as its caller names it. */
export interface Operation {
  /** What is called. */
  readonly route: string;
  /** Who calls, where that is known: a key of one person is not that of another. */
  readonly userId?: string | undefined;
  /** The caller's key. Without one every request is an operation of its own. */
  readonly key: string | undefined;
  /** What is sent: a JSON value. */
  readonly request: unknown;
}

/** One run of an operation. A run that is repeated, after a crash or an outage, has the id of the one before. */
export interface Run {
  readonly id: string;
  readonly isRepeat: boolean;
}

/** How long an answer is kept. */
const keptSeconds = 24 * 3600;

/** Longer than any function may run. */
const lockSeconds = 15;

/**
 * Runs an operation once, however often it is asked for within a day: the same key with the same request gets the
 * answer of the first. What was refused changed nothing and may be tried again; a run of which nobody knows how it
 * ended is repeated with its own id, so that it can tell what it has done already.
 *
 * The record holds neither key nor request, and the answer only encrypted under both the caller's key and the
 * stage's: after an account is erased nothing readable of it is left here.
 *
 * @param run answers a JSON value.
 * @throws AuthError `idempotency_key_reused`, `request_in_progress`, `unavailable`, and whatever `run` throws.
 */
export async function once<T>(operation: Operation, run: (run: Run) => Promise<T>): Promise<T> {
  const { route, userId = "", key, request } = operation;
  if (key === undefined) return run({ id: newId(), isRepeat: false });
  const sealedBy = [route, userId, key].join("|");
  const name = await macOf("name", sealedBy);
  const begun = await begin(name, await macOf("request", canonical(request)));
  if (typeof begun === "string") return JSON.parse(await unseal(begun, sealedBy)) as T;
  try {
    const answer = await run({ id: begun.runId, isRepeat: begun.isRepeat });
    await finish(name, begun.runId, await seal(JSON.stringify(answer), sealedBy));
    return answer;
  } catch (error) {
    await abandon(name, begun, error);
    throw error;
  }
}

interface Begun {
  readonly runId: string;
  readonly isRepeat: boolean;
}

/** Locks the operation, or answers what it answered. */
async function begin(name: string, request: string): Promise<string | Begun> {
  const now = epochSeconds();
  const expiresAt = now + keptSeconds;
  const runId = newId();
  const fresh = { name, request, runId, lockedUntil: now + lockSeconds, expiresAt, ttl: expiresAt };
  const locking = IdempotencyEntity.put(fresh).where((stored, { notExists, lte }) =>
    [notExists(stored.runId), lte(stored.expiresAt, now)].join(" OR "),
  );
  const locked = await outcomeOf<unknown, IdempotencyItem>(locking.go(tellWhatStoodThere));
  // It may be this very record that stands there: the SDK repeats a try whose answer was lost.
  if (locked.made || locked.found?.runId === runId) return { runId, isRepeat: false };
  const known = locked.found as IdempotencyItem;
  if (known.request !== request) throw new AuthError("idempotency_key_reused");
  if (known.answer !== undefined) return known.answer;
  if (known.lockedUntil > now || !(await takeOver(known, now))) throw new AuthError("request_in_progress");
  return { runId: known.runId, isRepeat: true };
}

/** Of several who find it abandoned one takes it over. */
function takeOver({ name, runId, lockedUntil }: IdempotencyItem, now: number): Promise<boolean> {
  const taking = IdempotencyEntity.patch({ name })
    .set({ lockedUntil: now + lockSeconds })
    .where((stored, { eq, notExists }) =>
      [eq(stored.runId, runId), eq(stored.lockedUntil, lockedUntil), notExists(stored.answer)].join(" AND "),
    );
  return conditionHolds(taking.go());
}

/** Where that fails the work is done all the same: the next try repeats it under its own id. */
async function finish(name: string, runId: string, answer: string): Promise<void> {
  const finishing = IdempotencyEntity.patch({ name })
    .set({ answer })
    .where((stored, { eq }) => eq(stored.runId, runId));
  await tolerate(conditionHolds(finishing.go()), "unavailable");
}

/**
 * A refusal changed nothing, so the key is free again. Of anything else nobody knows, nor of a repeated run, since the
 * one before may have written: the next try takes over.
 */
async function abandon(name: string, { runId, isRepeat }: Begun, error: unknown): Promise<void> {
  const { code } = toAuthError(error);
  const isUnknown = isRepeat || code === "unavailable" || code === "internal_error";
  // The lock runs out by itself.
  await tolerate(conditionHolds(isUnknown ? unlock(name, runId) : forget(name, runId)), "unavailable");
}

function unlock(name: string, runId: string): Promise<unknown> {
  const unlocking = IdempotencyEntity.patch({ name }).set({ lockedUntil: 0 });
  return unlocking.where((stored, { eq }) => eq(stored.runId, runId)).go();
}

function forget(name: string, runId: string): Promise<unknown> {
  return IdempotencyEntity.remove({ name })
    .where((stored, { eq }) => eq(stored.runId, runId))
    .go();
}
