import { hasScope, type Route } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import { readActor } from "./actor.ts";
import type { Incoming } from "./event.ts";

/**
 * Tells a handler behind the authorizer who acts, after asking again what a cached policy cannot know: whether
 * the token has expired since, and whether its scope covers this very route (API Gateway guide, "Use API Gateway
 * Lambda authorizers": a cached result outlives the token by up to the cache time).
 */
export function tokenContext(route: Route): MiddlewareObj<Incoming> {
  return {
    before: ({ event }) => {
      if (route.authorizer === "none") return;
      const context = readActor(event);
      if (!context) throw new AuthError("invalid_token");
      if (context.exp <= Date.now() / 1000) throw new AuthError("invalid_token", { cause: "expired" });
      if (!hasScope(context.actor.scope, route.scope)) throw new AuthError("insufficient_scope");
      event.actor = context.actor;
    },
  };
}
