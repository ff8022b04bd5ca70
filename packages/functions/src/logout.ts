import { routes } from "@gatehouse/contract";
import { toAuthError } from "@gatehouse/core/error";
import * as Session from "@gatehouse/core/session";
import * as Token from "@gatehouse/core/token";
import { handle } from "./handle.ts";
import { WithCookies } from "./pipeline/answer.ts";
import { clearedRefreshCookie } from "./pipeline/refresh-cookie.ts";

export const handler = handle(routes.logout, async ({ credential }) => {
  if (credential.type === "access") {
    const { sub, sid } = await Token.verify(credential.token);
    await Session.end(sub, sid);
    return undefined;
  }
  const byCookie = credential.transport === "cookie";
  try {
    await Session.endByRefreshToken(credential.token);
  } catch (error) {
    // A cookie that is no token of ours is cleared all the same: its browser has no other way to be rid of it.
    if (!byCookie || toAuthError(error).code !== "invalid_refresh_token") throw error;
  }
  return byCookie ? new WithCookies(undefined, [clearedRefreshCookie()]) : undefined;
});
