import { randomBytes } from "node:crypto";
import type { User } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import * as Token from "@gatehouse/core/token";
import * as Users from "@gatehouse/core/user";
import { rememberSecrets } from "./leaks.ts";

export const password = "correct horse battery";
rememberSecrets(password);

/** What the authorizer of an HTTP API puts before a handler. */
export interface AuthorizerContext extends Readonly<Record<string, unknown>> {
  readonly userId: string;
  readonly sessionId: string;
  readonly scope: string;
  readonly exp: number;
}

export interface Person {
  readonly user: User;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly context: AuthorizerContext;
}

export function newEmail(): string {
  return `p-${randomBytes(6).toString("hex")}@example.com`;
}

/** Somebody with an account and a session, made by core itself: no handler under test stands between. */
export async function newPerson(): Promise<Person> {
  const email = newEmail();
  await Users.register({ email, password });
  return logInAgain({ email });
}

/** The same person, on another device. */
export async function logInAgain({ email }: Pick<Person, "email">): Promise<Person> {
  const profile = await Users.authenticate(email, password);
  const { user, token, refreshToken } = await Session.open(profile, { sourceIp: "192.0.2.1" });
  rememberSecrets(token, refreshToken);
  return { email, user, token, refreshToken, context: await contextOf(token) };
}

/** What the authorizer says of the bearer of this token. */
export async function contextOf(token: string): Promise<AuthorizerContext> {
  const { sub, sid, scope, exp } = await Token.verify(token);
  return { userId: sub, sessionId: sid, scope, exp };
}

/** A token for a person's session, with this scope instead of its own. */
export async function tokenWithScope({ context }: Person, scope: string): Promise<string> {
  const { userId, sessionId } = context;
  const now = Math.floor(Date.now() / 1000);
  return Token.issue({ sub: userId, sid: sessionId, scope, roles: [], auth_time: now }, 900);
}
