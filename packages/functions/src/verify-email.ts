import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";
import { eitherOr } from "./pipeline/either-or.ts";

export const handler = handle(routes.verifyEmail, async ({ body: { token, email, code } }) => {
  const typed = email !== undefined && code !== undefined ? { email, code } : undefined;
  const proof = token !== undefined ? { token } : typed;
  const isOne = (token === undefined) !== (email === undefined && code === undefined);
  if (!proof || !isOne) throw eitherOr("token, or email and code");
  await Account.verifyEmail(proof);
  return { status: "VERIFIED" as const };
});
