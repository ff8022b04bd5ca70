import { routes } from "@gatehouse/contract";
import * as Account from "@gatehouse/core/account";
import { handleOnce } from "./handle-once.ts";

export const handler = handleOnce(routes.register, ({ body, meta, run }) =>
  Account.register(body, meta.sourceIp, { userId: run.id, isRepeat: run.isRepeat }),
);
