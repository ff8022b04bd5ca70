import { expect } from "vitest";
import { normaliseEmail } from "../src/user/email.ts";
import { profileAttributes } from "../src/user/profile.ts";
import { readTable, type StoredItem } from "./items.ts";
import { type TestUser, withTestUser } from "./user.ts";

const shared = Object.keys(profileAttributes);

function profileOf(item: StoredItem): Record<string, unknown> {
  return Object.fromEntries(shared.map((name) => [name, item[name]]));
}

/**
 * Holds the whole table to what must be true after anything that happens to an account: every User has one Login and
 * every Login its User, they say the same of the person, and the Login is found by the email it names.
 */
export async function expectPeopleInStep(): Promise<void> {
  const items = await readTable();
  const of = (entity: string) => items.filter((item) => item["__edb_e__"] === entity);
  const byPerson = (a: StoredItem, b: StoredItem) => (String(a["userId"]) < String(b["userId"]) ? -1 : 1);
  const logins = of("login").toSorted(byPerson);
  expect(logins.map(profileOf)).toEqual(of("user").toSorted(byPerson).map(profileOf));
  for (const { pk, normalisedEmail, email } of logins) {
    expect(normalisedEmail).toBe(normaliseEmail(String(email)));
    expect(pk).toBe(`email#${normalisedEmail}`);
  }
}

/** The items in the partitions of people who are not there. */
export async function orphans(): Promise<readonly StoredItem[]> {
  const items = await readTable();
  const people = new Set(items.filter(({ sk }) => sk === "profile").map(({ pk }) => pk));
  return items.filter(({ pk }) => pk.startsWith("user#") && !people.has(pk));
}

/** As `withTestUser`, and holds the table to being in step while they are still there. */
export async function withUserInStep(name: string, run: (user: TestUser) => Promise<void>): Promise<void> {
  await withTestUser(name, async (user) => {
    await run(user);
    await expectPeopleInStep();
  });
}
