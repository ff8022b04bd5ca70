import { describe, expect, test } from "vitest";
import type { GatewayOptions } from "./index.ts";
import { type RawRequest, send, withGateway } from "./test/send.ts";

const routeKeys = ["GET /", "GET /pets/{id}", "GET /a/{x}/b/{y+}", "$default"];

/** The event a target gets for a request. */
async function eventFor(
  request: RawRequest,
  options: Partial<GatewayOptions> = {},
): Promise<Record<string, unknown>> {
  const routes = routeKeys.map((routeKey) => ({ routeKey, target: async (event: unknown) => ({ event }) }));
  return withGateway({ routes, ...options }, async (gateway) => {
    const answer = await send(gateway, request);
    expect(answer.status).toBe(200);
    return JSON.parse(answer.body).event;
  });
}

test("a GET is told in full, and what there is none of is absent", async () => {
  const before = Date.now();
  const event = await eventFor(
    { target: "/pets/6", headers: ["User-Agent: tester/1", "Accept: */*"] },
    { apiId: "abc", accountId: "123456789012", region: "eu-west-1" },
  );
  expect(event).toEqual({
    version: "2.0",
    routeKey: "GET /pets/{id}",
    rawPath: "/pets/6",
    rawQueryString: "",
    headers: {
      accept: "*/*",
      "content-length": "0",
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      "user-agent": "tester/1",
      "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-port": expect.stringMatching(/^\d+$/),
      "x-forwarded-proto": "http",
    },
    requestContext: {
      accountId: "123456789012",
      apiId: "abc",
      domainName: "abc.execute-api.eu-west-1.amazonaws.com",
      domainPrefix: "abc",
      http: {
        method: "GET",
        path: "/pets/6",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "tester/1",
      },
      requestId: expect.stringMatching(/^[\w-]{15}=$/),
      routeKey: "GET /pets/{id}",
      stage: "$default",
      time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      timeEpoch: expect.any(Number),
    },
    pathParameters: { id: "6" },
    isBase64Encoded: false,
  });
  const { timeEpoch } = event["requestContext"] as { timeEpoch: number };
  expect(timeEpoch).toBeGreaterThanOrEqual(before);
  expect(timeEpoch).toBeLessThanOrEqual(Date.now());
});

describe("headers", () => {
  test("names are in lower case and lines of one name are joined by commas, Authorization too", async () => {
    const { headers } = await eventFor({
      headers: ["X-One: a", "x-one: b", "X-ONE: c, d", "Authorization: Bearer 1", "Authorization: Bearer 2"],
    });
    expect(headers).toMatchObject({ "x-one": "a,b,c, d", authorization: "Bearer 1,Bearer 2" });
  });

  test("cookies of all lines are a list of their own and no header", async () => {
    const event = await eventFor({ headers: ["Cookie: a=1; b=2", "Cookie: c=3;d=4"] });
    expect(event["cookies"]).toEqual(["a=1", "b=2", "c=3", "d=4"]);
    expect(event["headers"]).not.toHaveProperty("cookie");
  });

  test("what a client claims to be forwarded does not override what the gateway knows", async () => {
    const event = await eventFor({
      headers: [
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-For: 198.51.100.1",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 443",
        "X-Amzn-Trace-Id: Root=1-00000000-000000000000000000000000",
      ],
    });
    expect(event["headers"]).toMatchObject({
      "x-forwarded-for": "203.0.113.7, 198.51.100.1, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-amzn-trace-id": expect.not.stringContaining("1-00000000"),
    });
    expect(event["headers"]).not.toMatchObject({ "x-forwarded-port": "443" });
    expect(event["requestContext"]).toMatchObject({ http: { sourceIp: "127.0.0.1" } });
  });

  test("what belongs to the connection is left out", async () => {
    const { headers } = await eventFor({
      headers: ["TE: trailers", "Upgrade: h2c", "Keep-Alive: timeout=5"],
    });
    expect(Object.keys(headers as object).sort()).toEqual([
      "content-length",
      "host",
      "x-amzn-trace-id",
      "x-forwarded-for",
      "x-forwarded-port",
      "x-forwarded-proto",
    ]);
  });

  test("a header named __proto__ is a header", async () => {
    const { headers } = await eventFor({ headers: ["__proto__: x"] });
    expect(Object.entries(headers as object)).toContainEqual(["__proto__", "x"]);
  });
});

describe("the query", () => {
  test("is passed as sent, and decoded with values of one name joined by commas", async () => {
    const event = await eventFor({ target: "/?a=1&b=x%20y&a=2&c&d=&e=1+2&%66=%3D&g=a=b" });
    expect(event["rawQueryString"]).toBe("a=1&b=x%20y&a=2&c&d=&e=1+2&%66=%3D&g=a=b");
    expect(event["queryStringParameters"]).toEqual({
      a: "1,2",
      b: "x y",
      c: "",
      d: "",
      e: "1 2",
      f: "=",
      g: "a=b",
    });
  });

  test.each(["/?", "/"])("of %s has no parameters", async (target) => {
    const event = await eventFor({ target });
    expect(event).toMatchObject({ rawQueryString: "" });
    expect(event).not.toHaveProperty("queryStringParameters");
  });

  test("may have a name that is a property of objects", async () => {
    const event = await eventFor({ target: "/?__proto__=1&constructor=2" });
    expect(Object.entries(event["queryStringParameters"] as object)).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });
});

describe("the path", () => {
  test("is decoded, as that of an HTTP API is, and so are its parameters", async () => {
    const event = await eventFor({ target: "/a/1%202/b/c%2Fd/%C3%A9?q=1" });
    expect(event).toMatchObject({
      routeKey: "GET /a/{x}/b/{y+}",
      rawPath: "/a/1 2/b/c/d/é",
      pathParameters: { x: "1 2", y: "c/d/é" },
      requestContext: { http: { path: "/a/1 2/b/c/d/é" } },
    });
  });

  test("an encoded slash does not divide a segment", async () => {
    expect(await eventFor({ target: "/pets/a%2Fb" })).toMatchObject({ pathParameters: { id: "a/b" } });
  });

  test("of a request in absolute form is the same", async () => {
    expect(await eventFor({ target: "http://example.com/pets/1?x=1" })).toMatchObject({
      rawPath: "/pets/1",
      rawQueryString: "x=1",
    });
  });

  test("starts with the stage where it has a name, and routes do not see that", async () => {
    const event = await eventFor(
      { target: "/prod/pets/1" },
      { stage: "prod", stageVariables: { color: "blue" } },
    );
    expect(event).toMatchObject({
      rawPath: "/prod/pets/1",
      routeKey: "GET /pets/{id}",
      requestContext: { stage: "prod", http: { path: "/prod/pets/1" } },
      stageVariables: { color: "blue" },
    });
    expect(await eventFor({ target: "/prod" }, { stage: "prod" })).toMatchObject({ routeKey: "GET /" });
  });
});

describe("the body", () => {
  const bytes = Buffer.from([0, 1, 0xfe, 0xff]);
  test.each([
    ["application/json"],
    ["application/json; charset=utf-8"],
    ['Application/JSON; charset="UTF-8"'],
    ["text/plain"],
    ["text/html"],
    ["application/xml"],
    ["application/javascript"],
  ])("of type %s is text", async (type) => {
    const event = await eventFor({ method: "POST", headers: [`Content-Type: ${type}`], body: '{"é":1}' });
    expect(event).toMatchObject({
      body: '{"é":1}',
      isBase64Encoded: false,
      headers: { "content-length": "8" },
    });
  });

  test.each([
    ["application/octet-stream"],
    ["application/x-www-form-urlencoded"],
    ["multipart/form-data; boundary=x"],
    ["image/png"],
    ["application/problem+json"],
    ["text/plain; charset=iso-8859-1"],
    [undefined],
  ])("of type %s is base64", async (type) => {
    const headers = type ? [`Content-Type: ${type}`] : [];
    const event = await eventFor({ method: "POST", headers, body: bytes });
    expect(event).toMatchObject({ body: bytes.toString("base64"), isBase64Encoded: true });
  });

  test("sent in chunks is whole, with its length", async () => {
    const event = await eventFor({
      method: "POST",
      headers: ["Content-Type: text/plain", "Transfer-Encoding: chunked", "", "3\r\nabc\r\n2\r\nde\r\n0\r\n"],
    });
    expect(event).toMatchObject({ body: "abcde", headers: { "content-length": "5" } });
    expect(event["headers"]).not.toHaveProperty("transfer-encoding");
  });

  test("of no bytes is absent, even of a binary type", async () => {
    const event = await eventFor({
      method: "POST",
      headers: ["Content-Type: image/png", "Content-Length: 0"],
    });
    expect(event).not.toHaveProperty("body");
    expect(event["isBase64Encoded"]).toBe(false);
  });
});
