import { withRequest } from "../src/context.ts";
import { AuthError } from "../src/error.ts";
import { readTogether } from "../src/store/read.ts";
import { FailuresEntity } from "../src/throttle/failures.entity.ts";
import { counterOf } from "../src/throttle/failures.ts";
import { guessAt } from "../src/throttle/guess.ts";

/** Who tries, and what becomes of it. */
export interface Try {
  readonly from?: string;
  /** Of the token that the try comes with. */
  readonly sessionId?: string;
  /** Whether this source logged in to the account before. */
  readonly isKnown?: boolean;
  readonly password?: "right" | "wrong";
}

/** What the try was answered: looked at, or told to come back after so many seconds. */
export type Answer = "looked at" | number;

/**
 * One try at an account's password as it passes the throttle, without the hash, which is what takes long.
 *
 * @param meet is waited for between what the try reads and what it counts.
 */
export async function tryAt(
  email: string,
  { from = "192.0.2.1", sessionId, isKnown = false, password = "wrong" }: Try = {},
  meet = async (): Promise<void> => {},
): Promise<Answer> {
  const request = { requestId: "test", sourceIp: from, ...(sessionId === undefined ? {} : { sessionId }) };
  return withRequest(request, async () => {
    const guess = guessAt(email);
    const found = await readTogether<object[]>(...guess.keys);
    await meet();
    try {
      await guess.admit(found, isKnown);
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== "too_many_requests") throw error;
      return Number(error.retryAfterSeconds);
    }
    await (password === "right" ? guess.succeed() : guess.fail());
    return "looked at";
  });
}

/** So many tries, one after the other. */
export async function triesAt(email: string, times: number, how?: Try): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let time = 0; time < times; time += 1) answers.push(await tryAt(email, how));
  return answers;
}

/** So many tries that come at once, so that each reads before any of them counts: how many were looked at. */
export async function lookedAtOf(email: string, times: number, how?: Try): Promise<number> {
  const { promise: allHaveRead, resolve } = Promise.withResolvers<void>();
  let reading = times;
  const meet = () => {
    reading -= 1;
    if (reading === 0) resolve();
    return allHaveRead;
  };
  const answers = await Promise.all(Array.from({ length: times }, () => tryAt(email, how, meet)));
  return answers.filter((answer) => answer === "looked at").length;
}

/** Writes down that an account has so many wrong passwords behind it, the last of them now. */
export async function setFailures(email: string, count: number): Promise<void> {
  const lastAt = Date.now();
  const ttl = Math.ceil(lastAt / 1000) + 7 * 24 * 3600;
  await FailuresEntity.put({
    ...counterOf("account", email.toLowerCase()),
    count,
    lastAt,
    lastBy: "test",
    ttl,
  }).go();
}
