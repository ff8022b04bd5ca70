import { partitionOf } from "../../packages/core/src/account/belongings.ts";
import { randomHex } from "../../packages/core/src/id.ts";
import { write as refreshTokenOf } from "../../packages/core/src/session/refresh-token.ts";
import { deleteItems } from "../../packages/core/src/store/partition.ts";
import { readLogin } from "../../packages/core/src/user/person.ts";
import type { House } from "../costs/house.ts";
import { nextPassword, password, settle, useAccount } from "../costs/life.ts";
import { type Identity, type Person, readPerson } from "./copies.ts";

/** A third one, which like the others is no common password. */
const lastPassword = "seven lanterns over Ghent";

/** A source that nobody was ever at. */
const elsewhere = "198.51.100.7";

/** What is stored of somebody who registers and logs in. Nothing of it is measured, and nothing of them is left. */
export async function firstPerson({ send }: House): Promise<Person> {
  const logIn = { email: "first@example.com", password };
  await send("POST /register", logIn);
  await send("POST /login", logIn);
  const person = await readPerson(logIn.email);
  await forget(logIn.email);
  return person;
}

/** Somebody registers and verifies their email, and is removed again. */
export async function comeAndGo(house: House, email: string): Promise<void> {
  await settle(house, email);
  await forget(email);
}

/**
 * A copy does everything with its account, and is removed.
 *
 * @param isDeleted whether they delete the account themselves, which takes most of a second, in which nothing is done.
 */
export async function liveOn(house: House, identity: Identity, isDeleted: boolean): Promise<void> {
  const { send, count } = house;
  const { email } = identity;
  await send("POST /logout", { refreshToken: await refreshTokenOf({ ...identity, generation: 0 }) });
  await useAccount(house, { email, elsewhere, stranger: `${randomHex()}@example.com` });
  const logIn = { email, password: nextPassword };
  const { token } = (await send("POST /login", logIn)).body;
  // The gateway asks the authorizer now, and not for what follows.
  await send("GET /me", undefined, token);
  await count("list events", ["events", 200], "GET /me/events", undefined, token);
  await count("export", ["exportMe", 200], "GET /me/export", undefined, token);
  await send("POST /login", logIn);
  await count("end other sessions", ["endOtherSessions", 200], "DELETE /me/sessions", undefined, token);
  const change = { currentPassword: nextPassword, newPassword: lastPassword };
  await count("change the password", ["changePassword", 200, 1], "POST /me/password", change, token);
  if (isDeleted) {
    const proof = { password: lastPassword };
    await count("delete the account", ["deleteMe", 200, 1], "DELETE /me", proof, token);
  }
  await forget(email);
}

/** Removes what is left of somebody. */
async function forget(email: string): Promise<void> {
  const login = await readLogin(email);
  if (login) await deleteItems([...(await partitionOf(login.userId)), { ...login }]);
}
