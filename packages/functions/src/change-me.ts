import { routes } from "@gatehouse/contract";
import * as User from "@gatehouse/core/user";
import { handle } from "./handle.ts";

export const handler = handle(routes.changeMe, ({ actor, body }) => User.change(actor.userId, body));
