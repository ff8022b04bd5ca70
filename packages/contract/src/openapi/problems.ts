import { type ErrorCode, errors } from "../errors.ts";
import { email } from "../examples/values.ts";
import type { Route } from "../route.ts";
import { errorsOf } from "../route-errors.ts";
import type { FieldError, Problem } from "../schemas/problem.ts";
import { cacheControl, retryAfter, wwwAuthenticate } from "./headers.ts";
import { reference } from "./schemas.ts";
import type { Example, MediaType, Reference, Response } from "./types.ts";

/** What the gateway says where it answers by itself. */
const gatewayMessages: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** These pass by themselves, and say when. */
const waits: readonly ErrorCode[] = ["too_many_requests", "unavailable", "request_in_progress"];

const fields: Readonly<Partial<Record<ErrorCode, readonly FieldError[]>>> = {
  validation_failed: [{ pointer: "/email", message: `should be an email address, for example ${email}` }],
  weak_password: [{ pointer: "/password", message: "should have at least 10 characters" }],
};

/** The answers of a route for what went wrong, each by its status. */
export function problemResponses(route: Route): Readonly<Record<string, Reference>> {
  return Object.fromEntries(
    statusesOf(route).map((each) => [each.status, { $ref: `#/components/responses/${nameOf(each)}` }]),
  );
}

/** Those of all these routes, each once. */
export function responseComponents(routes: readonly Route[]): Readonly<Record<string, Response>> {
  const all = routes.flatMap(statusesOf).map((each) => [nameOf(each), responseOf(each)] as const);
  return Object.fromEntries(all.toSorted(([one], [other]) => one.localeCompare(other, "en")));
}

/** One problem of each code. */
export function problemExamples(serverUrl: string): Readonly<Record<string, Example>> {
  return Object.fromEntries(
    (Object.keys(errors) as ErrorCode[]).map((code) => [
      code,
      { summary: errors[code].title, value: problemOf(code, serverUrl) },
    ]),
  );
}

/** What a route answers under one status: these codes, and perhaps the gateway in place of the function. */
interface Failure {
  readonly status: number;
  readonly codes: readonly ErrorCode[];
  readonly byGateway: boolean;
}

function statusesOf(route: Route): Failure[] {
  const byStatus = Map.groupBy(errorsOf(route), (code) => errors[code].status);
  return [...byStatus].map(([status, codes]) => ({ status, codes, byGateway: isOfGateway(route, status) }));
}

/** 401 and 403 are the authorizer's, and an address with a variable may be none. */
function isOfGateway({ authorizer, params }: Route, status: number): boolean {
  if (status === 401 || status === 403) return authorizer === "token";
  if (status === 404) return params !== undefined;
  return gatewayMessages[status] !== undefined;
}

function nameOf({ status, codes, byGateway }: Failure): string {
  return [status, ...codes, ...(byGateway ? ["gateway"] : [])].join("-");
}

function responseOf({ status, codes, byGateway }: Failure): Response {
  const lines = codes.map((code) => `\`${code}\`: ${errors[code].description}`);
  const message = gatewayMessages[status];
  return {
    description: [...lines, ...(byGateway ? ["Without a code: API Gateway's own answer."] : [])].join("\n\n"),
    headers: {
      "Cache-Control": cacheControl(undefined, !byGateway),
      ...(status === 401 && { "WWW-Authenticate": wwwAuthenticate(!byGateway) }),
      ...(codes.includes("insufficient_scope") && { "WWW-Authenticate": wwwAuthenticate(false) }),
      ...(codes.some((code) => waits.includes(code)) && { "Retry-After": retryAfter }),
    },
    content: {
      "application/problem+json": problemType(status, codes),
      ...(byGateway && {
        "application/json": {
          schema: reference("GatewayRefusal"),
          examples: { gateway: { summary: "By API Gateway itself", value: { message } } },
        },
      }),
    },
  };
}

function problemType(status: number, codes: readonly ErrorCode[]): MediaType {
  return {
    schema: {
      allOf: [reference("Problem")],
      properties: { status: { const: status }, code: { enum: codes } },
    },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
}

function problemOf(code: ErrorCode, serverUrl: string): Problem {
  const { status, title, description } = errors[code];
  const errorsOfFields = fields[code];
  return {
    type: `${serverUrl}/problems/${code}`,
    title,
    status,
    detail: description,
    instance: "urn:request:JKJaXmPLvHcESHA=",
    code,
    ...(errorsOfFields && { errors: [...errorsOfFields] }),
  };
}
