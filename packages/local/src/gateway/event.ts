import type { Exchange } from "./exchange.ts";
import { isText } from "./media-type.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** These belong to one connection; a function does not hear of them (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What a Lambda authorizer answered: `requestContext.authorizer` of the integration's event. */
export interface AuthorizerContext {
  readonly lambda: Readonly<Record<string, string | number | boolean>> | null;
}

/**
 * The parts of payload format 2.0 that integrations and authorizers share (API Gateway developer guide,
 * "Create AWS Lambda proxy integrations for HTTP APIs"). What there is none of is absent, never null.
 */
export function baseEvent(exchange: Exchange, authorizer?: AuthorizerContext): Record<string, unknown> {
  const { api, request, match } = exchange;
  const cookies = cookiesOf(exchange);
  const query = Object.fromEntries([...request.query].map(([name, values]) => [name, values.join(",")]));
  return {
    version: "2.0",
    routeKey: match.route.routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: Object.fromEntries(forwardedHeaders(exchange)),
    ...(request.query.size > 0 && { queryStringParameters: query }),
    requestContext: requestContext(exchange, authorizer),
    ...(match.pathParameters && { pathParameters: match.pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
  };
}

/** The event of an integration, payload format 2.0. */
export function integrationEvent(
  exchange: Exchange,
  authorizer?: AuthorizerContext,
): Record<string, unknown> {
  const { body, request } = exchange;
  const isBase64Encoded = body.length > 0 && !isText(request.headers.get("content-type")?.join(","));
  return {
    ...baseEvent(exchange, authorizer),
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? "base64" : "utf8") }),
    isBase64Encoded,
  };
}

/** Header names and values as any function gets them, the gateway's own included; the Cookie header too. */
export function headersWithCookie(exchange: Exchange): Map<string, string> {
  const { body, request, traceId } = exchange;
  const headers = new Map<string, string>();
  for (const [name, values] of request.headers) {
    if (!HOP_BY_HOP.has(name)) headers.set(name, values.join(name === "cookie" ? "; " : ","));
  }
  headers.set("content-length", String(body.length));
  headers.set("x-amzn-trace-id", traceId);
  headers.set(
    "x-forwarded-for",
    [...(request.headers.get("x-forwarded-for") ?? []), request.sourceIp].join(", "),
  );
  headers.set("x-forwarded-port", String(request.localPort));
  headers.set("x-forwarded-proto", "http");
  return headers;
}

/** Format 2.0 moves the cookies out of the headers. */
function forwardedHeaders(exchange: Exchange): Map<string, string> {
  const headers = headersWithCookie(exchange);
  headers.delete("cookie");
  return headers;
}

function cookiesOf({ request }: Exchange): string[] {
  const lines = request.headers.get("cookie") ?? [];
  return lines.flatMap((line) => line.split(/;\s*/)).filter((cookie) => cookie !== "");
}

function requestContext(
  { api, request, match, requestId, receivedAt }: Exchange,
  authorizer: AuthorizerContext | undefined,
): Record<string, unknown> {
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    ...(authorizer && { authorizer }),
    domainName: `${api.apiId}.execute-api.${api.region}.amazonaws.com`,
    domainPrefix: api.apiId,
    http: {
      method: request.method,
      path: request.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers.get("user-agent")?.join(",") ?? "",
    },
    requestId,
    routeKey: match.route.routeKey,
    stage: api.stage,
    time: commonLogTime(receivedAt),
    timeEpoch: receivedAt,
  };
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(epochMilliseconds: number): string {
  const [date = "", time = ""] = new Date(epochMilliseconds).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
