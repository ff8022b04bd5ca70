import { vi } from "vitest";
import { rememberSecrets } from "../../functions/test/leaks.ts";
import { newId } from "../src/id.ts";
import * as Session from "../src/session/index.ts";
import { read } from "../src/session/refresh-token.ts";
import * as Token from "../src/token/index.ts";
import type { Profile } from "../src/user/index.ts";
import { UserEntity } from "../src/user/user.entity.ts";
import { itemsOf, type StoredItem } from "./items.ts";

/** From where the sessions of the tests are used. */
export const origin = { sourceIp: "192.0.2.1", userAgent: "curl/8.5.0" };

/** The second at which most tests with a clock of their own begin. */
export const start = 1_780_000_000;

/** Sets the clock to this many seconds, or fractions of one, after `start`. */
export function atSecond(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: (start + seconds) * 1000 });
}

/** Somebody who has just proved who they are. Their User item is in the table, a Login is not. */
export async function somebody(): Promise<Profile> {
  const now = new Date().toISOString();
  const person = {
    userId: newId(),
    email: "anna@example.com",
    emailVerified: false,
    roles: ["member"],
    status: "active" as const,
    epoch: 0,
    createdAt: now,
    updatedAt: now,
  };
  await UserEntity.create(person).go();
  return person;
}

/** A session as its holder has it: where it is, and the tokens last given. */
export interface Held {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
  readonly refreshToken: string;
}

/** Logs somebody in: the person given, or a new one. */
export async function logIn(person?: Profile, from: Session.Origin = origin, label?: string): Promise<Held> {
  const { token, refreshToken } = await Session.open(person ?? (await somebody()), from, label);
  rememberSecrets(token, refreshToken);
  const { userId, sessionId } = await read(refreshToken);
  return { userId, sessionId, token, refreshToken };
}

/** A session with this many refreshes behind it, and every refresh token it ever had, the first one first. */
export async function refreshedSession(
  times: number,
  person?: Profile,
): Promise<Held & { readonly chain: readonly string[] }> {
  let held = await logIn(person);
  const chain = [held.refreshToken];
  for (let count = 0; count < times; count += 1) {
    held = { ...held, ...(await Session.refresh(held.refreshToken, origin)) };
    chain.push(held.refreshToken);
  }
  return { ...held, chain };
}

/** The session's item, or undefined where it is gone from the table. */
export async function storedSession({
  userId,
  sessionId,
}: Pick<Held, "userId" | "sessionId">): Promise<StoredItem | undefined> {
  const items = await itemsOf(userId);
  return items.find((item) => item.sk.startsWith("session#") && item["sessionId"] === sessionId);
}

/** The events on a person's record, the oldest first. */
export async function eventsOf({ userId }: Pick<Held, "userId">): Promise<readonly StoredItem[]> {
  const events = (await itemsOf(userId)).filter(({ sk }) => sk.startsWith("event#"));
  return events.toSorted((a, b) => Number(a["number"]) - Number(b["number"]));
}

/** What the record says happened to a person, in a word each. */
export async function recordOf(person: Pick<Held, "userId">): Promise<readonly unknown[]> {
  return (await eventsOf(person)).map(({ type }) => type);
}

/** Whether an access token opens anything, as the authorizer asks it. */
export async function opens(token: string): Promise<boolean> {
  const { sub, sid } = await Token.verify(token);
  return Session.assertLive(sub, sid).then(
    () => true,
    () => false,
  );
}
