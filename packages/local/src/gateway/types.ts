import type { IncomingMessage, RequestListener } from "node:http";
import type { LambdaContext } from "../lambda/index.ts";

/** Calls a function: a `LocalFunction`'s `invoke`, or any function that answers JSON values. */
export type Invoke = (event: unknown, context: LambdaContext) => Promise<unknown>;

/** A Lambda authorizer of type REQUEST (API Gateway developer guide, "HTTP API Lambda authorizers"). */
export interface GatewayAuthorizer {
  readonly invoke: Invoke;
  /** How long an answer is kept, by the values of the identity sources; 0 never, 3600 at most. */
  readonly cacheSeconds: number;
  /** Selection expressions, all required: `$request.header.Authorization`, `$context.routeKey`, ... */
  readonly identitySources: readonly string[];
  readonly payloadFormatVersion: "1.0" | "2.0";
  /** `{ isAuthorized, context }` in place of a policy; format 2.0 only. @default false */
  readonly enableSimpleResponses?: boolean;
}

export interface GatewayRoute {
  /** `GET /me`, `ANY /files/{proxy+}` or `$default`. */
  readonly routeKey: string;
  /** Gets a payload of format 2.0. */
  readonly target: Invoke;
  readonly authorizer?: GatewayAuthorizer;
}

/** The CORS configuration of an HTTP API (API Gateway developer guide, "Configure CORS for HTTP APIs"). */
export interface CorsConfiguration {
  /** Exact origins, `*`, `https://*` or `http://*`. */
  readonly allowOrigins: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  /** In seconds. */
  readonly maxAge?: number;
}

/** One finished request. `fault` says why the gateway itself answered as it did; a client never learns it. */
export interface RequestRecord {
  readonly requestId: string;
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly routeKey: string | undefined;
  readonly status: number;
  readonly durationMs: number;
  readonly fault: string | undefined;
}

/** A listener of `node:http` beside the API. */
export interface Beside {
  /** Which requests it gets: those that are `below` a prefix, or any others. */
  readonly takes: (message: IncomingMessage) => boolean;
  readonly listener: RequestListener;
}

export interface GatewayOptions {
  readonly routes: readonly GatewayRoute[];
  /** @default 0, any free one */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  readonly cors?: CorsConfiguration;
  /** One other than `$default` is the first segment of every path. @default "$default" */
  readonly stage?: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** @default "local" */
  readonly apiId?: string;
  /** @default "000000000000" */
  readonly accountId?: string;
  /** @default "us-east-1" */
  readonly region?: string;
  /** @default 30, the maximum of an HTTP API */
  readonly integrationTimeoutSeconds?: number;
  /** @default 10, which AWS does not let one change */
  readonly authorizerTimeoutSeconds?: number;
  readonly onRequest?: (record: RequestRecord) => void;
  /**
   * What else is on the same port, which no API Gateway would have. The first that takes a request gets it in place of the
   * routes, the stage and CORS, and nobody reports it.
   */
  readonly beside?: readonly Beside[];
}

/** What stays the same for the life of a gateway: which API, where, which stage. */
export interface ApiIdentity {
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
}
