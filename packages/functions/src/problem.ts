import { errors, isErrorCode, routes } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import { handle } from "./handle.ts";

export const handler = handle(routes.problem, ({ params: { code } }) => {
  if (!isErrorCode(code)) throw new AuthError("not_found");
  return { code, ...errors[code] };
});
