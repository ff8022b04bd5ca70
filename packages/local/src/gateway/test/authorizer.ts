import type { GatewayAuthorizer, GatewayOptions, GatewayRoute, RunningGateway } from "../index.ts";
import { type RawAnswer, type RawRequest, send, withGateway } from "./send.ts";

export const api = "arn:aws:execute-api:us-east-1:000000000000:local/$default";

export function policy(resource: unknown = `${api}/*/*`, effect = "Allow") {
  return {
    principalId: "user-1",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: resource }],
    },
  };
}

/** An authorizer that keeps the events it is called with. */
export function authorizerOf(answer: (event: Event) => unknown, settings: Partial<GatewayAuthorizer> = {}) {
  const events: Event[] = [];
  const authorizer: GatewayAuthorizer = {
    invoke: async (event) => {
      events.push(event as Event);
      return answer(event as Event);
    },
    cacheSeconds: 0,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0",
    ...settings,
  };
  return { authorizer, events };
}

export type Event = Record<string, unknown>;

export function route(routeKey: string, authorizer: GatewayAuthorizer): GatewayRoute {
  return {
    routeKey,
    authorizer,
    target: async (event) => ({
      authorizer: (event as { requestContext: Event }).requestContext["authorizer"],
    }),
  };
}

export function options(authorizer: GatewayAuthorizer): GatewayOptions {
  return {
    routes: ["GET /me", "POST /me", "GET /pets/{id}", "$default"].map((key) => route(key, authorizer)),
  };
}

export function ask(authorizer: GatewayAuthorizer, request: RawRequest = {}): Promise<RawAnswer> {
  return withGateway(options(authorizer), (gateway) => get(gateway, request));
}

export function get(
  gateway: RunningGateway,
  { headers = ["Authorization: t"], ...request }: RawRequest = {},
) {
  return send(gateway, { target: "/me", headers, ...request });
}

export const unauthorized = { status: 401, body: '{"message":"Unauthorized"}' };
export const forbidden = { status: 403, body: '{"message":"Forbidden"}' };
export const failed = { status: 500, body: '{"message":"Internal Server Error"}' };
