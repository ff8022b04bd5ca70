import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handle } from "./handle.ts";

export const handler = handle(routes.exportMe, ({ actor }) => Account.exportAccount(actor.userId));
