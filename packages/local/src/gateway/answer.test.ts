import { describe, expect, test } from "vitest";
import { MalformedResult, readResult } from "./answer.ts";
import { send, withGateway } from "./test/send.ts";

/** What a client gets for a handler's result. */
function answerTo(result: unknown, request = {}) {
  const routes = [{ routeKey: "ANY /", target: async () => result }];
  return withGateway({ routes }, (gateway) => send(gateway, request));
}

describe("a result without a statusCode is the body of a 200", () => {
  test.each([
    ["an object", { message: "hi" }, '{"message":"hi"}'],
    ["an empty object", {}, "{}"],
    ["a list", [1, 2], "[1,2]"],
    ["text", "Hello from Lambda!", "Hello from Lambda!"],
    ["a number", 42, "42"],
    ["a boolean", false, "false"],
    ["null", null, "null"],
    ["nothing", undefined, "null"],
    ["an object with other fields of a response", { body: "x", headers: {} }, '{"body":"x","headers":{}}'],
  ])("%s", async (_what, result, body) => {
    const answer = await answerTo(result);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers.get("content-type")).toEqual(["application/json"]);
  });
});

describe("a structured result", () => {
  test("decides status, headers and body, header names in lower case", async () => {
    const answer = await answerTo({
      statusCode: 201,
      headers: { "Content-Type": "application/problem+json", "X-Number": 1, "X-Flag": true },
      body: "é",
    });
    expect(answer).toMatchObject({ status: 201, body: "é" });
    expect(answer.headers.get("content-type")).toEqual(["application/problem+json"]);
    expect(answer.headers.get("content-length")).toEqual(["2"]);
    expect([...answer.headers].filter(([name]) => name.startsWith("x-"))).toEqual([
      ["x-number", ["1"]],
      ["x-flag", ["true"]],
    ]);
  });

  test("without a content type is plain text", async () => {
    expect((await answerTo({ statusCode: 404, body: "no" })).headers.get("content-type")).toEqual([
      "text/plain;charset=UTF-8",
    ]);
  });

  test.each([undefined, null, ""])("with the body %j is empty", async (body) => {
    const answer = await answerTo({ statusCode: 200, body });
    expect(answer.body).toBe("");
    expect(answer.headers.get("content-length")).toEqual(["0"]);
  });

  test.each([204, 304])("of status %i has neither a body nor a content type", async (statusCode) => {
    const answer = await answerTo({ statusCode, body: "ignored" });
    expect(answer).toMatchObject({ status: statusCode, body: "" });
    expect([...answer.headers.keys()]).not.toContain("content-type");
  });

  test("sets one cookie a line, that of the headers first", async () => {
    const answer = await answerTo({
      statusCode: 200,
      headers: { "Set-Cookie": "z=0" },
      cookies: ["a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"],
    });
    expect(answer.headers.get("set-cookie")).toEqual([
      "z=0",
      "a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
      "b=2",
    ]);
  });

  test("multiValueHeaders is of format 1.0 and ignored", async () => {
    const answer = await answerTo({ statusCode: 200, multiValueHeaders: { "X-A": ["1", "2"] } });
    expect([...answer.headers.keys()]).not.toContain("x-a");
  });

  test("in base64 is sent as the bytes it stands for", () => {
    const bytes = Buffer.from([0, 255, 1]);
    const result = { statusCode: 200, body: bytes.toString("base64"), isBase64Encoded: true };
    expect(readResult(result).body).toEqual(bytes);
  });

  test("cannot decide what belongs to the connection", async () => {
    const answer = await answerTo({
      statusCode: 200,
      headers: { "Content-Length": "999", "Transfer-Encoding": "chunked", Connection: "upgrade" },
      body: "abc",
    });
    expect(answer.body).toBe("abc");
    expect(answer.headers.get("content-length")).toEqual(["3"]);
    expect(answer.headers.get("connection")).toEqual(["close"]);
  });

  test("to HEAD has the headers of its body only", async () => {
    const routes = [{ routeKey: "ANY /", target: async () => ({ statusCode: 200, body: "abc" }) }];
    await withGateway({ routes }, async ({ url }) => {
      const answer = await fetch(url, { method: "HEAD" });
      expect(answer.headers.get("content-length")).toBe("3");
      expect(await answer.text()).toBe("");
    });
  });

  test("may have its status as text", () => {
    expect(readResult({ statusCode: "418" }).status).toBe(418);
  });
});

describe("is malformed, a 500 that says nothing else:", () => {
  test.each([
    ["a status that is no number", { statusCode: "ok" }],
    ["a status that is null", { statusCode: null }],
    ["a fraction as status", { statusCode: 200.5 }],
    ["a status below 200", { statusCode: 101 }],
    ["a status above 599", { statusCode: 600 }],
    ["a body that is an object", { statusCode: 200, body: { a: 1 } }],
    ["a body that is a number", { statusCode: 200, body: 1 }],
    ["headers that are a list", { statusCode: 200, headers: ["a"] }],
    ["headers that are text", { statusCode: 200, headers: "a: b" }],
    ["a header that is a list", { statusCode: 200, headers: { a: ["b"] } }],
    ["a header that is null", { statusCode: 200, headers: { a: null } }],
    ["a header that would start a new line", { statusCode: 200, headers: { a: "b\r\nc: d" } }],
    ["a header name with a space", { statusCode: 200, headers: { "a b": "c" } }],
    ["cookies that are text", { statusCode: 200, cookies: "a=1" }],
    ["a cookie that is no text", { statusCode: 200, cookies: [1] }],
    ["a cookie that would start a new line", { statusCode: 200, cookies: ["a=1\r\nb: c"] }],
    ["base64 that is none", { statusCode: 200, body: "é", isBase64Encoded: true }],
    ["isBase64Encoded that is text", { statusCode: 200, body: "x", isBase64Encoded: "true" }],
  ])("%s", async (_what, result) => {
    expect(() => readResult(result)).toThrow(MalformedResult);
    expect(await answerTo(result)).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });
});
