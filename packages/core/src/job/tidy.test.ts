import { describe, expect, it } from "vitest";
import { jobs, mails } from "../../../functions/test/outbox.ts";
import { deleteItem, itemOf, itemsOf, putItem, readTable } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { logIn, opens, refreshedSession, somebody } from "../../test/session.ts";
import * as Code from "../code/index.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import type { Profile } from "../user/index.ts";
import { runJob } from "./run.ts";

function tidy(userId: string): Promise<void> {
  return runJob({ id: newId(), kind: "tidy", userId });
}

/** Raises the epoch as what ends sessions does, and answers the person as they are then. */
async function endSessionsOf(person: Profile): Promise<Profile> {
  const epoch = person.epoch + 1;
  await putItem({ ...(await itemOf(person.userId, "profile")), epoch });
  return { ...person, epoch };
}

/** Somebody with sessions, a code and an event. */
async function busyPerson(): Promise<Profile> {
  const person = await somebody();
  const { chain } = await refreshedSession(2, person);
  await Session.refresh(chain[0] ?? "", { sourceIp: "192.0.2.1" }).catch(() => undefined);
  await logIn(person);
  await Code.mint("reset_password", person, { email: person.email, jobId: newId() });
  return person;
}

async function kindsOf(userId: string): Promise<readonly string[]> {
  return (await itemsOf(userId)).map((item) => String(item["__edb_e__"])).sort();
}

/** Where the password changed while somebody logged in. */
describe("tidying up after a person whose sessions ended", () => {
  it("removes the sessions of another epoch and leaves the others, and whatever else is theirs", async () => {
    const before = await busyPerson();
    const old = await logIn(before);
    const person = await endSessionsOf(before);
    const current = await logIn(person);
    const others = (await itemsOf(person.userId)).filter(({ sk }) => !sk.startsWith("session#"));
    await tidy(person.userId);
    const left = await itemsOf(person.userId);
    expect(left.filter(({ sk }) => !sk.startsWith("session#"))).toEqual(others);
    expect(left.filter(({ sk }) => sk.startsWith("session#"))).toMatchObject([
      { sessionId: current.sessionId },
    ]);
    expect([await opens(current.token), await opens(old.token)]).toEqual([true, false]);
  });

  it("changes nothing where all sessions run, and the second time", async () => {
    const { userId } = await busyPerson();
    const before = await itemsOf(userId);
    for (let time = 0; time < 2; time += 1) await tidy(userId);
    expect(await itemsOf(userId)).toEqual(before);
  });

  it("leaves a session that took the seat meanwhile", async () => {
    const person = await somebody();
    const old = await logIn(person);
    const { epoch } = await endSessionsOf(person);
    const seat = `session#${old.sessionId.slice(0, 2)}`;
    const newcomer = {
      ...(await itemOf(person.userId, seat)),
      sessionId: old.sessionId.slice(0, 2) + newId(),
      epoch,
    };
    const tookTheSeat: Interceptor = async ({ operation }, send) => {
      if (operation === "DeleteItem") await putItem(newcomer);
      await send();
    };
    await intercepted(tookTheSeat, () => tidy(person.userId));
    expect(await itemOf(person.userId, seat)).toEqual(newcomer);
  });
});

describe("tidying up after a person who is gone", () => {
  it("removes everything of theirs, and nothing of anybody else", async () => {
    const { userId } = await busyPerson();
    expect(await kindsOf(userId)).toEqual(["code", "event", "event", "event", "mark", "session", "user"]);
    const other = await busyPerson();
    const others = await itemsOf(other.userId);
    await deleteItem(await itemOf(userId, "profile"));
    await tidy(userId);
    expect(await itemsOf(userId)).toEqual([]);
    expect(await itemsOf(other.userId)).toEqual(others);
  });

  it("removes a hundred items as well", async () => {
    const userId = newId();
    const items = Array.from({ length: 100 }, () => ({
      pk: `user#${userId}`,
      sk: `event#${newId()}`,
      userId,
    }));
    await Promise.all(items.map(putItem));
    await tidy(userId);
    expect(await itemsOf(userId)).toEqual([]);
  });

  it("or never was, changes nothing", async () => {
    const before = await readTable();
    await tidy(newId());
    expect(await readTable()).toEqual(before);
  });
});

it("what could not be tidied up is done again", async () => {
  const { userId } = await busyPerson();
  await deleteItem(await itemOf(userId, "profile"));
  const noDeletes: Interceptor = ({ operation }, send) =>
    operation === "DeleteItem"
      ? Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }))
      : send();
  expect(await codeOf(intercepted(noDeletes, () => tidy(userId)))).toBe("unavailable");
  expect(await itemsOf(userId)).not.toEqual([]);
  await tidy(userId);
  expect(await itemsOf(userId)).toEqual([]);
});

it("it reads the partition once, writes to nobody and queues nothing", async () => {
  const { userId } = await busyPerson();
  const operations = (await requestsOf(() => tidy(userId))).map(({ operation }) => operation);
  expect(operations).toEqual(["Query"]);
  expect([mails(), jobs()]).toEqual([[], []]);
});
