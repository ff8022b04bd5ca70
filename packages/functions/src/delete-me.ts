import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";

export const handler = handle(routes.deleteMe, ({ actor, body }) =>
  Account.erase(actor.userId, body.password),
);
