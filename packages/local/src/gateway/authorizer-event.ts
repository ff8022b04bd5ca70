import { baseEvent, headersWithCookie } from "./event.ts";
import { type Exchange, routeArn } from "./exchange.ts";
import type { GatewayAuthorizer } from "./types.ts";

/**
 * What an authorizer is called with, in its payload format (API Gateway developer guide, "HTTP API Lambda
 * authorizers"). `identities` are the values of its identity sources.
 */
export function authorizerEvent(
  exchange: Exchange,
  version: GatewayAuthorizer["payloadFormatVersion"],
  identities: readonly string[],
): Record<string, unknown> {
  return version === "2.0"
    ? { ...baseEvent(exchange), type: "REQUEST", routeArn: routeArn(exchange), identitySource: identities }
    : eventOfFormat1(exchange, identities.join(","));
}

/** Format 1.0 is that of REST APIs: single values, header names as sent, empty maps rather than none. */
function eventOfFormat1(exchange: Exchange, identity: string): Record<string, unknown> {
  const { api, match, request, requestId } = exchange;
  return {
    version: "1.0",
    type: "REQUEST",
    methodArn: routeArn(exchange),
    identitySource: identity,
    authorizationToken: identity,
    resource: match.resource,
    path: request.path,
    httpMethod: request.method,
    headers: headersAsSent(exchange),
    queryStringParameters: Object.fromEntries(
      [...request.query].map(([name, values]) => [name, values.at(-1) ?? ""]),
    ),
    pathParameters: match.pathParameters ?? {},
    stageVariables: api.stageVariables ?? {},
    requestContext: {
      path: request.path,
      accountId: api.accountId,
      resourceId: match.route.routeKey,
      stage: api.stage,
      requestId,
      identity: {
        sourceIp: request.sourceIp,
        userAgent: request.headers.get("user-agent")?.at(-1) ?? "",
      },
      resourcePath: match.resource,
      httpMethod: request.method,
      apiId: api.apiId,
    },
  };
}

function headersAsSent(exchange: Exchange): Record<string, string> {
  const spelling = new Map(exchange.request.headerLines.map(([name]) => [name.toLowerCase(), name]));
  const headers = headersWithCookie(exchange);
  return Object.fromEntries(
    [...headers].map(([name, value]) => [spelling.get(name) ?? titleCase(name), value]),
  );
}

function titleCase(name: string): string {
  return name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
