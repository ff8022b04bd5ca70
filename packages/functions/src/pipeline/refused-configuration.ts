import { ConfigError, causesOf } from "@gatehouse/core/error";
import { recordRefusal } from "@gatehouse/core/refused-setting";
import type { MiddlewareObj } from "@middy/core";
import type { Incoming, Outgoing } from "./event.ts";

/**
 * Puts on the stage's record that a secret could not be used; the request's log line says so in any case. A setting of
 * the environment that is wrong stops a function before it can record anything: that stands in its log alone.
 */
export function refusedConfiguration(): MiddlewareObj<Incoming, Outgoing> {
  return {
    onError: async ({ error }) => {
      for (const link of causesOf(error)) if (link instanceof ConfigError) await recordRefusal(link.key);
    },
  };
}
