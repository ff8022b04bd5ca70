import type { Route, RouteName } from "@gatehouse/contract";
import { type AuthError, ConfigError, causesOf } from "@gatehouse/core/error";
import type { LogLevel } from "@gatehouse/core/log";
import type { MiddlewareObj } from "@middy/core";
import { describeError, writeLog } from "../log.ts";
import { count } from "./count.ts";
import type { Incoming, Outgoing } from "./event.ts";

let coldStart = true;

/**
 * One line a request, written when its answer is finished, and another where there is something to count. Never a body,
 * a header, a token or a query.
 */
export function requestLog(route: Route): MiddlewareObj<Incoming, Outgoing, AuthError> {
  let startedAt = 0;
  const write = (event: Incoming, response: Outgoing | null | undefined, error?: AuthError | null) => {
    const { statusCode: status = 500 } = response ?? {};
    writeLog({
      level: levelOf(status),
      message: "request",
      correlationId: event.requestContext.requestId,
      route: route.name,
      status,
      durationMs: Date.now() - startedAt,
      coldStart,
      userId: event.actor?.userId,
      ...(error ? { error: describeError(error) } : {}),
    });
    const configurationRefused = [...causesOf(error)].some((link) => link instanceof ConfigError);
    count({ route: route.name as RouteName, status, code: error?.code, coldStart, configurationRefused });
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

/** Refusals that many of mean an attack: nobody is let in, what is not theirs is asked for, or too much. */
const suspicious: readonly number[] = [401, 403, 429];

function levelOf(status: number): LogLevel {
  if (status >= 500) return "ERROR";
  return suspicious.includes(status) ? "WARN" : "INFO";
}
