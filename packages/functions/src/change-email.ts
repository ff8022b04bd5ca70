import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.changeEmail, async ({ actor, body, meta, run }) => {
  await Account.requestEmailChange(actor.userId, body, { sourceIp: meta.sourceIp, jobId: run.id });
  return { status: "ACCEPTED" as const };
});
