import type { Route } from "@gatehouse/contract";
import type { AuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import { describeError, writeLog } from "../log.ts";
import type { Incoming, Outgoing } from "./event.ts";

let coldStart = true;

/** One line a request, written when its answer is finished. Never a body, a header, a token or a query. */
export function requestLog(route: Route): MiddlewareObj<Incoming, Outgoing, AuthError> {
  let startedAt = 0;
  const write = (event: Incoming, response: Outgoing | null | undefined, error?: AuthError | null) => {
    writeLog({
      message: "request",
      requestId: event.requestContext.requestId,
      route: route.name,
      status: response?.statusCode,
      durationMs: Date.now() - startedAt,
      coldStart,
      userId: event.actor?.userId,
      ...(error ? { error: describeError(error) } : {}),
    });
    coldStart = false;
  };
  return {
    // One invocation at a time runs in a container, so a variable of the pipeline is one of the request.
    before: () => {
      startedAt = Date.now();
    },
    after: ({ event, response }) => write(event, response),
    onError: ({ event, response, error }) => write(event, response, error),
  };
}
