import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";

export const handler = handle(routes.undoEmailChange, async ({ body }) => {
  await Account.undoEmailChange(body.token);
  return undefined;
});
