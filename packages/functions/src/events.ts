import { routes } from "@gatehouse/contract";
import * as Event from "@gatehouse/core/event";
import { handle } from "./handle.ts";

const usualLimit = 50;

export const handler = handle(routes.events, ({ actor, query: { before, limit } }) =>
  Event.list(actor.userId, {
    before: before === undefined ? undefined : Number(before),
    limit: limit === undefined ? usualLimit : Number(limit),
  }),
);
