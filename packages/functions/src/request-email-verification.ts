import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.requestEmailVerification, async ({ body, meta, run }) => {
  await Account.requestMail("verify_email", body.email, { sourceIp: meta.sourceIp, jobId: run.id });
  return { status: "ACCEPTED" as const };
});
