import { routes } from "@gatehouse/contract";
import { Account } from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.changeEmail, async ({ actor, body, meta }) => {
  await Account.requestEmailChange(actor.userId, body, meta.sourceIp);
  return { status: "ACCEPTED" as const };
});
