import { routes } from "@gatehouse/contract";
import { Account } from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.requestEmailVerification, async ({ body, meta }) => {
  await Account.requestMail("verify_email", body.email, meta.sourceIp);
  return { status: "ACCEPTED" as const };
});
