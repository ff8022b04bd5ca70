import { routes } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import { handle } from "./handle.ts";
import { carry } from "./pipeline/carry.ts";

export const handler = handle(routes.refresh, async ({ credential, meta }) =>
  carry(credential.transport, await Session.refresh(credential.token, meta)),
);
