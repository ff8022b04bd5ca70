import { routes } from "@gatehouse/contract";
import { Session } from "@gatehouse/core/session";
import { User } from "@gatehouse/core/user";
import { handle } from "./handle.ts";
import { carry } from "./pipeline/carry.ts";

export const handler = handle(routes.login, async ({ body, meta }) => {
  const user = await User.authenticate(body.email, body.password);
  return carry(body.transport, await Session.open(user, meta, body.deviceLabel));
});
