import type { Incoming } from "../src/pipeline/event.ts";

/** A request as a test tells of it. Everything left out is as API Gateway would send it. */
export interface Request {
  readonly method?: string;
  readonly path?: string;
  /** Names in lower case, as an HTTP API hands them on. `undefined` takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Each `name=value`; payload format 2.0 takes them out of the headers. */
  readonly cookies?: readonly string[];
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  /** What the authorizer said, without the wrapping. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The event an HTTP API makes of a request (API Gateway guide, "Payload format version" 2.0). */
export function eventOf(request: Request): Incoming {
  const { method = "POST", path = "/", body, query = {}, context, params, cookies } = request;
  const { userAgent = "curl/8.9.1", sourceIp = "198.51.100.7", requestId = "JKJaXmPLvHcESHA=" } = request;
  const rawQueryString = new URLSearchParams(query).toString();
  return {
    version: "2.0",
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString,
    ...(cookies ? { cookies: [...cookies] } : {}),
    headers: headersOf(request, userAgent),
    ...(rawQueryString ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: "123456789012",
      apiId: "abcdef1234",
      ...(context ? { authorizer: { lambda: context } } : {}),
      domainName: "abcdef1234.execute-api.eu-central-1.amazonaws.com",
      domainPrefix: "abcdef1234",
      http: { method, path, protocol: "HTTP/1.1", sourceIp, userAgent },
      requestId,
      routeKey: `${method} ${path}`,
      stage: "$default",
      time: "22/Jul/2026:12:00:00 +0000",
      timeEpoch: Date.now(),
    },
    ...(params ? { pathParameters: params } : {}),
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    isBase64Encoded: request.isBase64Encoded ?? false,
  };
}

function headersOf({ headers = {}, body }: Request, userAgent: string): Record<string, string> {
  const all = {
    accept: "*/*",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    host: "abcdef1234.execute-api.eu-central-1.amazonaws.com",
    "user-agent": userAgent,
    "x-forwarded-for": "198.51.100.7",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}
