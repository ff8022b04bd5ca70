import { type Route, routes } from "@gatehouse/contract";
import { config } from "@gatehouse/core/config";
import { handlerOf } from "../../../functions/test/handler-of.ts";
import { type GatewayAuthorizer, type Invoke, startGateway } from "../../src/gateway/index.ts";
import { createInlineFunction } from "../../src/lambda/index.ts";

export interface InlineHouse {
  /** No slash at the end. */
  readonly url: string;
  /** How often the gateway has asked the authorizer. */
  readonly authorizations: number;
  stop(): Promise<void>;
}

/**
 * The gateway and every function in this very thread, on this thread's clock and in its environment, so that a test
 * may fake the date and look into the SDK's client. The test file imports `test/environment.ts` before this one.
 */
export async function startInlineHouse({ authorizerCacheSeconds = 60 } = {}): Promise<InlineHouse> {
  let authorizations = 0;
  const ask = await load("authorizer");
  const authorizer: GatewayAuthorizer = {
    invoke: (event, context) => {
      authorizations += 1;
      return ask(event, context);
    },
    cacheSeconds: authorizerCacheSeconds,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0",
  };
  const toGatewayRoute = async (route: Route) => ({
    routeKey: `${route.method} ${route.path}`,
    target: await load(route.name),
    ...(route.authorizer === "token" && { authorizer }),
  });
  const { url, stop } = await startGateway({
    routes: await Promise.all(Object.values<Route>(routes).map(toGatewayRoute)),
    cors: { allowOrigins: config().allowedOrigins, allowCredentials: true },
  });
  return {
    url,
    get authorizations() {
      return authorizations;
    },
    stop,
  };
}

async function load(name: string): Promise<Invoke> {
  return createInlineFunction({ handler: await handlerOf(name), name, timeoutSeconds: 9 }).invoke;
}
