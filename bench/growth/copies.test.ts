import "../../packages/core/test/cheap-hashes.ts";
import "../../test/environment.ts";
import { verifyOne } from "@gatehouse/core/event/audit";
import * as Session from "@gatehouse/core/session";
import * as User from "@gatehouse/core/user";
import { beforeAll, expect, it } from "vitest";
import { write as refreshTokenOf } from "../../packages/core/src/session/refresh-token.ts";
import { client } from "../../packages/core/src/store/client.ts";
import { readTable, type StoredItem } from "../../packages/core/test/items.ts";
import { copyOf, type Identity, identityOf, itemsOf, type Person, readPerson } from "./copies.ts";
import { fill, put } from "./fill.ts";

const email = "ada@example.com";
const password = "nine copper kettles 4";
const origin = { sourceIp: "192.0.2.1", userAgent: "Mozilla/5.0" };

let person: Person;
let real: readonly StoredItem[];
beforeAll(async () => {
  await User.register({ email, password });
  await Session.open(await User.authenticate(email, password), origin);
  real = await readTable();
  person = await readPerson(email);
});

const table = { client, people: 0 };

async function settle(number: number): Promise<Identity> {
  const identity = identityOf(number);
  await put(table, person, identity);
  return identity;
}

it("a copy lies in the table as a person does, attribute by attribute, under keys of its own", async () => {
  const copy = itemsOf(await copyOf(person, identityOf(7)));
  const shapeOf = (item: object) => Object.keys(item).toSorted().join();
  expect(copy.map(shapeOf).toSorted()).toEqual(real.map(shapeOf).toSorted());
  const keys = new Set(real.map(({ pk }) => pk));
  expect(copy.filter(({ pk }) => keys.has(String(pk)))).toEqual([]);
  expect(JSON.stringify(copy)).not.toMatch(new RegExp(`${person.user.userId}|${email}`));
});

it("a copy logs in with the password of the person it is of, and refreshes the session it has", async () => {
  const identity = await settle(8);
  expect(await User.authenticate(identity.email, password)).toMatchObject({ userId: identity.userId });
  const refreshToken = await refreshTokenOf({ ...identity, generation: 0 });
  expect(await Session.refresh(refreshToken, origin)).toHaveProperty("token");
});

it("the record of a copy is whole", async () => {
  const { userId } = await settle(9);
  expect(await verifyOne(`user#${userId}`)).toMatchObject({ events: 2, findings: [] });
});

it("no identity is longer than another", () => {
  const lengthsOf = (identity: Identity) => Object.values(identity).map((each: string) => each.length);
  expect(lengthsOf(identityOf(999_999))).toEqual(lengthsOf(identityOf(0)));
});

it("a table is filled up to a number of people", async () => {
  const before = (await readTable()).length;
  const more = { client, people: 100 };
  await fill(more, person, 111);
  await fill(more, person, 111);
  expect(more.people).toBe(111);
  expect((await readTable()).length - before).toBe(11 * real.length);
});
