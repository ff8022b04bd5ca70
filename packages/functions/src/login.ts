import { routes } from "@gatehouse/contract";
import { Session } from "@gatehouse/core/session";
import { User } from "@gatehouse/core/user";
import { handle } from "./handle.ts";

export const handler = handle(routes.login, async ({ body, meta }) => {
  const user = await User.authenticate(body.email, body.password);
  return Session.open(user, meta);
});
