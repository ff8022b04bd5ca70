import { routes } from "@gatehouse/contract";
import * as User from "@gatehouse/core/user";
import { handle } from "./handle.ts";

export const handler = handle(routes.me, ({ actor }) => User.get(actor.userId));
