import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";

export const handler = handle(routes.changePassword, ({ actor, body }) =>
  Account.changePassword(actor, body),
);
