import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";
import { eitherOr } from "./pipeline/either-or.ts";

export const handler = handle(routes.confirmEmail, ({ actor, body: { token, code } }) => {
  if (token !== undefined && code === undefined) return Account.confirmEmail(actor.userId, { token });
  if (code !== undefined && token === undefined) return Account.confirmEmail(actor.userId, { code });
  throw eitherOr("token, or code");
});
