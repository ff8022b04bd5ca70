import { routes } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import { handle } from "./handle.ts";

export const handler = handle(routes.sessions, ({ actor }) => Session.list(actor.userId, actor.sessionId));
