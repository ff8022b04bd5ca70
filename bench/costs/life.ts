import { limits } from "@gatehouse/contract";
import type { House } from "./house.ts";

export const password = "nine copper kettles 4";

/** The password of somebody who has reset theirs. */
export const nextPassword = "a fjord of quiet lamps";

/** Somebody makes an account and verifies their email. */
export async function settle(house: House, email: string): Promise<void> {
  const { count, work, linkTo } = house;
  await count("register", ["register", 201, 1], "POST /register", { email, password });
  await work("mail a link");
  await count("verify an email", ["verifyEmail", 200], "POST /email/verify", { token: linkTo(email) });
}

/**
 * What somebody with an account does with it, from a log-in to a new password. They have no session before and none after:
 * while there is one, it is left to chance whether the next one's seat is taken.
 *
 * @param elsewhere a source where they never were.
 * @param stranger an email that nobody has and nobody guessed at.
 */
export async function useAccount(
  house: House,
  { email, elsewhere, stranger }: Readonly<Record<"email" | "elsewhere" | "stranger", string>>,
): Promise<void> {
  const { send, count, work, comeFrom, linkTo } = house;
  const logIn = { email, password };
  const { refreshToken, token } = (await count("log in", ["login", 200, 1], "POST /login", logIn)).body;
  await count("refresh", ["refresh", 200], "POST /refresh", { refreshToken });
  await count("profile, authorizer asked", ["me", 200], "GET /me", undefined, token);
  await count("profile", ["me", 200], "GET /me", undefined, token);
  await count("change the profile", ["changeMe", 200], "PATCH /me", { name: "Ada Lovelace" }, token);
  await count("list sessions", ["sessions", 200], "GET /me/sessions", undefined, token);
  await count("log out", ["logout", 204], "POST /logout", undefined, token);
  comeFrom(elsewhere);
  await count("log in from somewhere new", ["login", 200, 1], "POST /login", logIn);
  comeFrom();
  const mistaken = { email, password: "another password" };
  await count("log in, wrong password", ["login", 401, 1], "POST /login", mistaken);
  await count("forgot the password", ["forgotPassword", 202], "POST /password/forgot", { email });
  await work();
  const reset = { token: linkTo(email), password: nextPassword };
  await count("reset the password", ["resetPassword", 204, 1], "POST /password/reset", reset);
  await work("tidy up");
  const nobodys = { email: stranger, password };
  for (let guess = 0; guess < limits.password.free; guess++) await send("POST /login", nobodys);
  await count("log in, made to wait", ["login", 429], "POST /login", nobodys);
}
