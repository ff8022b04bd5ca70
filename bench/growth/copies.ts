import { withRequest } from "../../packages/core/src/context.ts";
import { eventOf } from "../../packages/core/src/event/fact.ts";
import { chainOf, EventEntity, type EventItem, MarkEntity } from "../../packages/core/src/event/index.ts";
import { firstPlace, markAt, placeAfter } from "../../packages/core/src/event/place.ts";
import { newId } from "../../packages/core/src/id.ts";
import { SessionEntity } from "../../packages/core/src/session/session.entity.ts";
import type { SessionItem } from "../../packages/core/src/session/stored.ts";
import { attributesOf, readPartition } from "../../packages/core/src/store/partition.ts";
import { LoginEntity } from "../../packages/core/src/user/login.entity.ts";
import { type LoginItem, readLogin } from "../../packages/core/src/user/person.ts";
import type { Profile } from "../../packages/core/src/user/profile.ts";
import { UserEntity } from "../../packages/core/src/user/user.entity.ts";

/** All that is stored of somebody who registered and logged in once. */
export interface Person {
  readonly user: Profile;
  readonly login: LoginItem;
  readonly session: SessionItem;
  /** The oldest first. */
  readonly events: readonly EventItem[];
}

/** What tells a copy from the person it is of. */
export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly sessionId: string;
}

/** An item as it is put into the table, keys and all. */
export type Item = Readonly<Record<string, unknown>>;

const run = newId();

/** The people of one run by number, from 0 up: every key of one is as long as that of any other. */
export function identityOf(number: number): Identity {
  const digits = String(number).padStart(6, "0");
  const id = run.slice(0, -digits.length) + digits;
  const seat = String(number % 50).padStart(2, "0");
  return { userId: id, email: `person-${digits}@example.com`, sessionId: seat + id };
}

/** @throws Error where there is no such person, or one without a session. */
export async function readPerson(email: string): Promise<Person> {
  const login = await readLogin(email);
  const items = login ? await readPartition(chainOf(login.userId)) : [];
  const all = (entity: string) => items.filter((item) => item["__edb_e__"] === entity).map(attributesOf);
  const [user, session] = [all("user")[0], all("session")[0]];
  if (!login || !user || !session) throw new Error(`${email} did not register and log in`);
  return {
    user: user as unknown as Profile,
    login: attributesOf({ ...login }) as unknown as LoginItem,
    session: session as unknown as SessionItem,
    events: all("event") as unknown as readonly EventItem[],
  };
}

/**
 * Somebody who did the same, with the same password, and whose hash is therefore not made again. Their record is theirs:
 * its events are made by core, and each says what the one before it hashes to.
 */
export async function copyOf(person: Person, { userId, email, sessionId }: Identity): Promise<Person> {
  const chain = chainOf(userId);
  const events: EventItem[] = [];
  let place = firstPlace;
  for (const { type, actor, details, requestId, sourceIp = "unknown", ...event } of person.events) {
    const fact = { type, actor, details, ...(event.sessionId === undefined ? {} : { sessionId }) };
    const agent = event.userAgent === undefined ? {} : { userAgent: event.userAgent };
    const request = { requestId, sourceIp, ...agent };
    const next = await withRequest(request, () => eventOf(chain, fact, place));
    events.push(next);
    place = placeAfter(next);
  }
  return {
    user: { ...person.user, userId, email },
    login: { ...person.login, userId, email, normalisedEmail: email },
    session: { ...person.session, userId, sessionId, seat: sessionId.slice(0, 2) },
    events,
  };
}

/** The items that a person is stored as, with the keys that their entities give them. */
export function itemsOf({ user, login, session, events }: Person): readonly Item[] {
  const newest = events.at(-1);
  const puts = [
    UserEntity.put({ ...user, roles: [...user.roles] }),
    LoginEntity.put({ ...login, roles: [...login.roles], knownSources: [...(login.knownSources ?? [])] }),
    SessionEntity.put({ ...session, roles: [...session.roles] }),
    ...events.map((event) => EventEntity.put({ ...event })),
    ...(newest ? [MarkEntity.put(markAt(newest))] : []),
  ];
  return puts.map((put) => (put.params() as { readonly Item: Item }).Item);
}
