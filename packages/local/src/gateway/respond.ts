import {
  createLocalContext,
  DeadlinePassed,
  describeFault,
  FunctionError,
  REQUEST_TOO_LARGE,
  TIMED_OUT,
  within,
} from "../lambda/index.ts";
import { type Answer, readResult } from "./answer.ts";
import type { Authorizers } from "./authorizer.ts";
import { integrationEvent } from "./event.ts";
import type { Exchange } from "./exchange.ts";
import { Refusal } from "./refusal.ts";

/** Asks the route's authorizer, then its integration. Throws a `Refusal` for what the gateway answers itself. */
export async function respond(
  exchange: Exchange,
  authorizers: Authorizers,
  timeoutSeconds: number,
): Promise<Answer> {
  const { route } = exchange.match;
  const authorizer = await authorizers.of(route)?.(exchange);
  const event = integrationEvent(exchange, authorizer);
  const context = createLocalContext({ functionName: route.routeKey, timeoutSeconds });
  try {
    return readResult(await within(timeoutSeconds, route.target(event, context)));
  } catch (thrown) {
    throw new Refusal(statusOf(thrown), `integration: ${describeFault(thrown).errorMessage}`);
  }
}

function statusOf(thrown: unknown): 413 | 500 | 503 {
  if (thrown instanceof DeadlinePassed) return 503;
  if (!(thrown instanceof FunctionError)) return 500;
  if (thrown.errorType === TIMED_OUT) return 503;
  return thrown.errorType === REQUEST_TOO_LARGE ? 413 : 500;
}
