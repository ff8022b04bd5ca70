import type { User as UserView } from "@gatehouse/contract";
import { rememberSecrets } from "../../functions/test/leaks.ts";
import { randomHex } from "../src/id.ts";
import * as User from "../src/user/index.ts";
import { deleteItem, itemsOf } from "./items.ts";

/** An account that exists while a test runs. */
export interface TestUser extends UserView {
  readonly password: string;
}

/** One that every rule accepts. */
export const goodPassword = "violet marmalade 93 tram";
rememberSecrets(goodPassword);

/** An address nobody else in this table has. */
export function newEmail(name: string): string {
  return `${name}.${randomHex()}@example.com`;
}

/** Registers somebody, runs a test on them and erases what is left of them. */
export async function withTestUser(name: string, run: (user: TestUser) => Promise<void>): Promise<void> {
  const user = await User.register({ email: newEmail(name), password: goodPassword, name });
  try {
    await run({ ...user, password: goodPassword });
  } finally {
    for (const item of await itemsOf(user.id)) await deleteItem(item);
  }
}
