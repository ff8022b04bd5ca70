import { routes } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import * as User from "@gatehouse/core/user";
import { handle } from "./handle.ts";
import { carry } from "./pipeline/carry.ts";
import { endReplaced } from "./pipeline/end-replaced.ts";

export const handler = handle(routes.login, async ({ body, meta, cookieTokens }) => {
  const user = await User.authenticate(body.email, body.password);
  const opened = await Session.open(user, meta, body.deviceLabel);
  if (body.transport === "cookie") await endReplaced(cookieTokens);
  return carry(body.transport, opened);
});
