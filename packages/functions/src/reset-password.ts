import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";

export const handler = handle(routes.resetPassword, async ({ body }) => {
  await Account.resetPassword(body.token, body.password);
  return undefined;
});
