import { describe, expect, test } from "vitest";
import { createCors } from "./cors.ts";
import type { GatewayOptions, GatewayRoute } from "./index.ts";
import { type RawAnswer, type RawRequest, send, withGateway } from "./test/send.ts";

const app = "https://app.example.com";
const cors = {
  allowOrigins: [app, "http://localhost:5173"],
  allowMethods: ["GET", "PATCH"],
  allowHeaders: ["authorization", "content-type"],
  exposeHeaders: ["x-request-id"],
  allowCredentials: true,
  maxAge: 600,
};

const calls: string[] = [];

function route(routeKey: string, options: Partial<GatewayRoute> = {}): GatewayRoute {
  const target = async () => {
    calls.push(routeKey);
    return { statusCode: 200, body: "ok" };
  };
  return { routeKey, target, ...options };
}

const authorizer = {
  invoke: async () => {
    calls.push("authorizer");
    return { isAuthorized: false };
  },
  cacheSeconds: 0,
  identitySources: ["$request.header.Authorization"],
  payloadFormatVersion: "2.0",
  enableSimpleResponses: true,
} as const;

async function ask(request: RawRequest, options: Partial<GatewayOptions> = {}): Promise<RawAnswer> {
  calls.length = 0;
  const routes = [
    route("GET /me", { authorizer }),
    route("PATCH /me", { authorizer }),
    route("GET /open"),
    route("GET /broken", { target: () => Promise.reject(new Error("no")) }),
  ];
  return withGateway({ routes, cors, ...options }, (gateway) => send(gateway, request));
}

function corsHeaders({ headers }: RawAnswer): Record<string, string> {
  const lines = [...headers].filter(([name]) => name.startsWith("access-control-") || name === "vary");
  return Object.fromEntries(lines.map(([name, values]) => [name, values.join(" | ")]));
}

const preflight = { method: "OPTIONS", headers: [`Origin: ${app}`, "Access-Control-Request-Method: PATCH"] };

describe("a preflight", () => {
  test("is answered for a protected route with neither authorizer nor integration", async () => {
    const answer = await ask({ ...preflight, target: "/me" });
    expect(answer).toMatchObject({ status: 204, body: "" });
    expect(corsHeaders(answer)).toEqual({
      "access-control-allow-origin": app,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET,PATCH",
      "access-control-allow-headers": "authorization,content-type",
      "access-control-max-age": "600",
      vary: "origin",
    });
    expect(calls).toEqual([]);
  });

  test("for another origin gets no permission", async () => {
    const answer = await ask({
      ...preflight,
      target: "/me",
      headers: ["Origin: https://evil.example", preflight.headers[1] ?? ""],
    });
    expect(answer.status).toBe(204);
    expect(corsHeaders(answer)).toEqual({ vary: "origin" });
    expect(calls).toEqual([]);
  });

  test.each([
    ["Origin", ["Access-Control-Request-Method: PATCH"]],
    ["Access-Control-Request-Method", [`Origin: ${app}`]],
  ])("without %s is an OPTIONS request like any other", async (_what, headers) => {
    expect(await ask({ method: "OPTIONS", target: "/me", headers })).toMatchObject({
      status: 404,
      body: '{"message":"Not Found"}',
    });
  });

  test.each(["OPTIONS /me", "ANY /me", "ANY /{proxy+}", "$default"])(
    "goes to a route that takes OPTIONS (%s), as on AWS",
    async (routeKey) => {
      const answer = await ask(
        { ...preflight, target: "/me" },
        { routes: [route("GET /me"), route(routeKey)] },
      );
      expect(answer).toMatchObject({ status: 200, body: "ok" });
      expect(calls).toEqual([routeKey]);
      expect(corsHeaders(answer)).toMatchObject({ "access-control-allow-origin": app });
    },
  );

  test("goes to the authorizer of a route that takes ANY, as on AWS", async () => {
    const answer = await ask({ ...preflight, target: "/me" }, { routes: [route("ANY /me", { authorizer })] });
    expect(answer.status).toBe(401);
    expect(calls).toEqual([]);
  });

  test("is a 404 where CORS is not configured", async () => {
    const routes = [route("GET /me")];
    const answer = await withGateway({ routes }, (gateway) => send(gateway, { ...preflight, target: "/me" }));
    expect(answer.status).toBe(404);
    expect(corsHeaders(answer)).toEqual({});
  });
});

describe("an allowed origin may read", () => {
  test.each([
    ["an integration's answer", { target: "/open" }, 200],
    ["the gateway's 400", { target: "/%zz" }, 400],
    ["the gateway's 401", { target: "/me" }, 401],
    ["the gateway's 403", { target: "/me", headers: ["Authorization: x"] }, 403],
    ["the gateway's 404", { target: "/nowhere" }, 404],
    ["the gateway's 431", { target: "/open", headers: [`X-Long: ${"x".repeat(11_000)}`] }, 431],
    ["the gateway's 500", { target: "/broken" }, 500],
  ])("%s", async (_what, request: RawRequest, status) => {
    const answer = await ask({ ...request, headers: [`Origin: ${app}`, ...(request.headers ?? [])] });
    expect(answer.status).toBe(status);
    expect(corsHeaders(answer)).toEqual({
      "access-control-allow-origin": app,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "x-request-id",
      vary: "origin",
    });
  });
});

describe("an origin that is not allowed exactly", () => {
  test.each([
    "https://evil.example",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.example",
    "https://appXexample.com",
    "https://APP.example.com",
    "null",
  ])("%s gets no permission", async (origin) => {
    const answer = await ask({ target: "/open", headers: [`Origin: ${origin}`] });
    expect(answer).toMatchObject({ status: 200, body: "ok" });
    expect(corsHeaders(answer)).toEqual({ vary: "origin" });
  });

  test("nor does a request without one", async () => {
    expect(corsHeaders(await ask({ target: "/open" }))).toEqual({ vary: "origin" });
  });
});

describe("of an integration's own headers", () => {
  const own = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Private-Network": "true",
    Vary: "Accept-Encoding",
  };
  const routes = [route("GET /own", { target: async () => ({ statusCode: 200, headers: own }) })];

  test("those of CORS are ignored where CORS is configured, and Vary is kept", async () => {
    expect(corsHeaders(await ask({ target: "/own" }, { routes }))).toEqual({
      vary: "Accept-Encoding, origin",
    });
    expect(corsHeaders(await ask({ target: "/own", headers: [`Origin: ${app}`] }, { routes }))).toMatchObject(
      {
        "access-control-allow-origin": app,
        vary: "Accept-Encoding, origin",
      },
    );
  });

  test("all pass where it is not", async () => {
    const answer = await withGateway({ routes }, (gateway) => send(gateway, { target: "/own" }));
    expect(corsHeaders(answer)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-allow-private-network": "true",
      vary: "Accept-Encoding",
    });
  });

  test.each(["Origin", "*", "accept, ORIGIN"])("a Vary of %s says enough", async (Vary) => {
    const varying = [route("GET /own", { target: async () => ({ statusCode: 200, headers: { Vary } }) })];
    expect(corsHeaders(await ask({ target: "/own" }, { routes: varying }))).toEqual({ vary: Vary });
  });
});

describe("wildcards", () => {
  test.each([
    ["*", app, "*"],
    ["https://*", app, app],
    ["https://*", "http://app.example.com", undefined],
    ["http://*", "http://localhost:1", "http://localhost:1"],
    ["https://*.example.com", app, undefined],
  ])("%s answers %s with %s", async (allowed, origin, expected) => {
    const answer = await ask(
      { target: "/open", headers: [`Origin: ${origin}`] },
      { cors: { allowOrigins: [allowed] } },
    );
    expect(answer.headers.get("access-control-allow-origin")?.[0]).toBe(expected);
  });

  test("for any origin the answer is the same for all, and says so", async () => {
    const answer = await ask(
      { target: "/open", headers: [`Origin: ${app}`] },
      { cors: { allowOrigins: ["*"] } },
    );
    expect(corsHeaders(answer)).toEqual({ "access-control-allow-origin": "*" });
  });

  test("any origin with credentials is refused at the start", () => {
    expect(() => createCors({ allowOrigins: ["*"], allowCredentials: true })).toThrow(
      "cors.allowCredentials is not supported if allowOrigins has *",
    );
  });
});
