import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createFetch,
  type GatewayAuthorizer,
  type GatewayOptions,
  type RequestRecord,
  type RunningGateway,
  startGateway,
} from "./index.ts";
import { policy } from "./test/authorizer.ts";
import { route } from "./test/send.ts";

const app = "https://app.example.com";

/** Counts what it is asked, so that two gateways with it each keep answers alike or differ. */
function counting(): GatewayAuthorizer {
  let asked = 0;
  return {
    invoke: async (event) => {
      asked += 1;
      const token = (event as { identitySource: string[] }).identitySource[0];
      if (token === "throws") throw new Error("no");
      return { ...policy(undefined, token === "good" ? "Allow" : "Deny"), context: { asked } };
    },
    cacheSeconds: 60,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0",
  };
}

/** Everything of an event that does not tell one request or gateway from another. */
function told(event: Record<string, unknown>) {
  const { headers, requestContext, ...rest } = event as Record<string, Record<string, unknown>>;
  const { requestId, time, timeEpoch, ...context } = requestContext ?? {};
  const kept = Object.entries(headers ?? {}).filter(([name]) => name !== "x-amzn-trace-id");
  return { ...rest, requestContext: context, headers: Object.fromEntries(kept.sort()) };
}

function options(records: Partial<RequestRecord>[] = []): GatewayOptions {
  const authorizer = counting();
  return {
    routes: [
      route("ANY /echo/{proxy+}", told),
      { ...route("GET /me", told), authorizer },
      { ...route("POST /me", told), authorizer },
      route("GET /text", () => ({ statusCode: 200, body: "grüß dich" })),
      route("GET /bytes", () => ({ statusCode: 200, body: "AP+A", isBase64Encoded: true })),
      route("GET /empty", () => ({ statusCode: 204 })),
      route("GET /reset", () => ({ statusCode: 205 })),
      route("GET /same", () => ({ statusCode: 304, headers: { etag: '"1"' } })),
      route("GET /teapot", () => ({ statusCode: 418, headers: { "x-a": "1" }, body: "{}" })),
      route("GET /cookies", () => ({ statusCode: 200, cookies: ["a=1; Path=/", "b=2; HttpOnly"] })),
      route("GET /own", () => ({
        statusCode: 200,
        headers: { "access-control-allow-origin": "*", vary: "a" },
      })),
      route("GET /malformed", () => ({ statusCode: 99 })),
      route("GET /throws", () => Promise.reject(new Error("secret detail"))),
      route("GET /hangs", () => new Promise(() => {})),
    ],
    cors: {
      allowOrigins: [app],
      allowMethods: ["GET"],
      allowHeaders: ["authorization"],
      exposeHeaders: ["retry-after"],
      allowCredentials: true,
      maxAge: 60,
    },
    integrationTimeoutSeconds: 0.05,
    stageVariables: { color: "blue" },
    onRequest: ({ requestId, durationMs, ...record }) => records.push(record),
  };
}

let gateway: RunningGateway;
let inProcess: typeof fetch;
const records = { overSocket: [] as Partial<RequestRecord>[], inProcess: [] as Partial<RequestRecord>[] };
beforeAll(async () => {
  gateway = await startGateway(options(records.overSocket));
  inProcess = createFetch(options(records.inProcess));
});
afterAll(() => gateway.stop());

/** All of an answer but what belongs to the connection it came over, and the id that no two share. */
async function seen(response: Response) {
  const { ok, redirected, status, statusText, headers } = response;
  const passing = new Set(["connection", "date", "keep-alive", "transfer-encoding"]);
  const lines = [...headers].filter(([name]) => !passing.has(name));
  const kept = lines.map(([name, value]) =>
    name === "apigw-requestid" ? [name, value.length] : [name, value],
  );
  const hasBody = response.body !== null;
  const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
  return { ok, redirected, status, statusText, headers: kept, hasBody, body };
}

const json = { method: "POST", headers: { "Content-Type": "application/json" } };
const preflight = { Origin: app, "Access-Control-Request-Method": "GET" };

describe("is answered in process as over a socket:", () => {
  it.each<[what: string, path: string, init?: RequestInit]>([
    ["a GET", "/echo/a"],
    ["a path and a query to the letter", "/echo/%C3%A9%2F%20b/?a=1&a=2&b=%26+c#fragment"],
    ["a path with dots", "/nowhere/../echo/./a"],
    [
      "headers, twice the same among them",
      "/echo/a",
      {
        headers: [
          ["X-A", "1"],
          ["x-a", "2"],
          ["X-B", "é"],
        ],
      },
    ],
    [
      "headers that fetch keeps to itself",
      "/echo/a",
      { headers: { Host: "evil.example", "Content-Length": "9" } },
    ],
    ["an agent and a type of its own", "/echo/a", { headers: { "User-Agent": "me", Accept: "text/plain" } }],
    ["cookies that the caller sends", "/echo/a", { headers: { Cookie: "a=1; b=2" } }],
    ["JSON", "/echo/a", { ...json, body: '{"a":"é"}' }],
    ["text", "/echo/a", { method: "PUT", body: "é" }],
    ["a form", "/echo/a", { method: "POST", body: new URLSearchParams({ a: "1" }) }],
    ["bytes", "/echo/a", { method: "POST", body: new Uint8Array([0, 255, 128]) }],
    ["no body", "/echo/a", { method: "POST" }],
    ["DELETE with a body", "/echo/a", { ...json, method: "DELETE", body: "{}" }],
    ["a body of over 10 MB", "/echo/a", { method: "POST", body: "x".repeat(10 * 1024 * 1024 + 1) }],
    ["text of the function", "/text"],
    ["bytes of the function", "/bytes"],
    ["204", "/empty"],
    ["205", "/reset"],
    ["304", "/same"],
    ["a status and headers of its own", "/teapot"],
    ["several cookies set", "/cookies"],
    ["HEAD", "/echo/a", { method: "HEAD" }],
    ["HEAD of what takes only GET", "/text", { method: "HEAD" }],
    ["a preflight", "/me", { method: "OPTIONS", headers: preflight }],
    [
      "a preflight of another page",
      "/me",
      { method: "OPTIONS", headers: { ...preflight, Origin: "https://b" } },
    ],
    ["an allowed page", "/text", { headers: { Origin: app } }],
    ["another page", "/text", { headers: { Origin: "https://b" } }],
    ["CORS headers of the function", "/own", { headers: { Origin: app } }],
    ["no route", "/nowhere"],
    ["no such method", "/text", { method: "DELETE" }],
    ["broken percent-encoding", "/echo/%zz"],
    ["a head of 10,240 bytes at most", "/echo/a", { headers: { A: "x".repeat(9_000) } }],
    ["a head of more", "/echo/a", { headers: { A: "x".repeat(11_000), Origin: app } }],
    ["no token", "/me"],
    ["a token", "/me", { headers: { Authorization: "good" } }],
    [
      "the token again, by another route: answered from the cache",
      "/me",
      { method: "POST", headers: { authorization: "good" } },
    ],
    ["a token that is refused", "/me", { headers: { Authorization: "bad", Origin: app } }],
    ["an authorizer that throws", "/me", { headers: { Authorization: "throws" } }],
    ["a malformed result", "/malformed"],
    ["a function that throws", "/throws", { headers: { Origin: app } }],
    ["a function that takes too long", "/hangs"],
  ])("%s", async (_what, path, init) => {
    const expected = await seen(await fetch(gateway.url + path, init));
    expect(await seen(await inProcess(gateway.url + path, init))).toEqual(expected);
    expect(records.inProcess.at(-1)).toEqual(records.overSocket.at(-1));
    expect(records.inProcess).toHaveLength(records.overSocket.length);
  });
});
