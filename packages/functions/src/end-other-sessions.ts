import { routes } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import { handle } from "./handle.ts";

export const handler = handle(routes.endOtherSessions, async ({ actor }) => ({
  ended: await Session.endOthers(actor.userId, actor.sessionId),
}));
