import { handlerFile, type Route, routes } from "@gatehouse/contract";
import { type Config, readConfig } from "@gatehouse/core/config";
import {
  type CorsConfiguration,
  type GatewayAuthorizer,
  type GatewayOptions,
  type GatewayRoute,
  type RequestRecord,
  startGateway,
} from "./gateway/index.ts";
import { createFunction, type LocalFunction, type Output } from "./lambda/index.ts";

export interface ApiOptions {
  readonly port: number;
  readonly host: string;
  /** Of every function, complete and checked. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long an answer of the authorizer is kept. */
  readonly authorizerCacheSeconds: number;
  /** Where the functions write their logs. @default the process's standard output */
  readonly logs?: Output | undefined;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
  /** What is served on the same port and is no route. */
  readonly beside?: GatewayOptions["beside"];
}

export interface Api {
  /** The function behind the queue of jobs. */
  readonly work: (event: unknown) => Promise<unknown>;
  /** Waits for the requests that run, and for `drain`, before the functions are stopped. */
  stop(options?: { readonly drain?: () => Promise<void> }): Promise<void>;
}

/** About what the stack sets: less than the gateway waits, and more where nobody does. */
const routeSeconds = 10;
const workerSeconds = 30;

/** About what the stack sets for all routes. */
export function corsOf({ allowedOrigins }: Pick<Config, "allowedOrigins">): CorsConfiguration {
  return {
    allowOrigins: allowedOrigins,
    allowMethods: [...new Set(Object.values<Route>(routes).map((route) => route.method))],
    allowHeaders: ["authorization", "content-type", "idempotency-key"],
    exposeHeaders: ["retry-after"],
    allowCredentials: true,
    maxAge: 3600,
  };
}

/** Serves every route of the contract: each handler is a function of its own, and so are the authorizer and the worker. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const functions: LocalFunction[] = [];
  const create = (name: string, file: string, timeoutSeconds = routeSeconds) => {
    const created = createFunction({
      module: new URL(`../../functions/src/${file}.ts`, import.meta.url),
      name,
      environment: options.environment,
      timeoutSeconds,
      ...(options.logs && { stdout: options.logs }),
    });
    functions.push(created);
    return created;
  };

  const authorizer: GatewayAuthorizer = {
    invoke: create("authorizer", "authorizer").invoke,
    cacheSeconds: options.authorizerCacheSeconds,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0",
  };
  const worker = create("worker", "worker", workerSeconds);
  const toGatewayRoute = (route: Route): GatewayRoute => ({
    routeKey: `${route.method} ${route.path}`,
    target: create(route.name, handlerFile(route.name)).invoke,
    ...(route.authorizer === "token" && { authorizer }),
  });

  const gateway = await startGateway({
    port: options.port,
    host: options.host,
    routes: Object.values<Route>(routes).map(toGatewayRoute),
    cors: corsOf(readConfig(options.environment)),
    ...(options.onRequest && { onRequest: options.onRequest }),
    ...(options.beside && { beside: options.beside }),
  });

  return {
    work: (event) => worker.invoke(event),
    async stop({ drain } = {}) {
      await Promise.all([gateway.stop(), drain?.()]);
      await Promise.all(functions.map((each) => each.stop()));
    },
  };
}
