import { routes } from "@gatehouse/contract";
import { Account } from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.forgotPassword, async ({ body, meta }) => {
  await Account.requestMail("reset_password", body.email, meta.sourceIp);
  return { status: "ACCEPTED" as const };
});
