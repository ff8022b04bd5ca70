import { routes } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import * as Session from "@gatehouse/core/session";
import { handle } from "./handle.ts";

export const handler = handle(routes.endSession, async ({ actor, params }) => {
  if (!(await Session.end(actor.userId, params.sessionId))) throw new AuthError("not_found");
  return undefined;
});
