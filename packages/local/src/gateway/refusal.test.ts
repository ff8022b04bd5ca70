import { describe, expect, test } from "vitest";
import { createFunction } from "../lambda/index.ts";
import { route, send, sendBytes, withGateway } from "./test/send.ts";

const handlers = new URL("../../test/handlers/container.ts", import.meta.url);
const MEGABYTE = 1024 * 1024;

describe("answers itself, with a message and no more:", () => {
  const routes = [
    route("GET /throws", () => {
      throw new Error("secret detail");
    }),
    route("GET /rejects", () => Promise.reject("secret detail")),
    route("GET /hangs", () => new Promise(() => {})),
    route("POST /upload"),
  ];
  const options = { routes, integrationTimeoutSeconds: 0.05 };
  test.each([
    ["no such path", { target: "/nowhere" }, 404, "Not Found"],
    ["no such method", { method: "DELETE", target: "/upload" }, 404, "Not Found"],
    ["a throw", { target: "/throws" }, 500, "Internal Server Error"],
    ["a rejection", { target: "/rejects" }, 500, "Internal Server Error"],
    ["a time-out", { target: "/hangs" }, 503, "Service Unavailable"],
    ["broken percent-encoding in the path", { target: "/%" }, 400, "Bad Request"],
    ["percent-encoding that is no UTF-8", { target: "/%ff" }, 400, "Bad Request"],
    ["broken percent-encoding in the query", { target: "/upload?a=%e0%a4" }, 400, "Bad Request"],
    [
      "a request line and headers of over 10,240 bytes",
      { target: "/x", headers: [`A: ${"x".repeat(10_240)}`] },
      431,
      "Request Header Fields Too Large",
    ],
    [
      "a request line of over 10,240 bytes",
      { target: `/${"x".repeat(10_240)}` },
      431,
      "Request Header Fields Too Large",
    ],
    [
      "headers too large even to read",
      { headers: [`A: ${"x".repeat(70_000)}`] },
      431,
      "Request Header Fields Too Large",
    ],
  ])("%s", async (_what, request, status, message) => {
    const answer = await withGateway(options, (gateway) => send(gateway, request));
    expect(answer).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(answer.headers.get("content-type")).toEqual(["application/json"]);
    expect(answer.headers.get("apigw-requestid")).toEqual([expect.stringMatching(/^[\w-]{15}=$/)]);
    expect([...answer.headers.keys()]).not.toEqual(expect.arrayContaining(["server"]));
  });

  test("a function's own time-out is a 503, its event of over 6 MB a 413", async () => {
    const hang = createFunction({ module: handlers, exportName: "hang", timeoutSeconds: 0.05 });
    await withGateway({ routes: [route("POST /hang", hang.invoke)] }, async (gateway) => {
      expect(await send(gateway, { method: "POST", target: "/hang" })).toMatchObject({ status: 503 });
      const body = "x".repeat(7 * MEGABYTE);
      const headers = ["Content-Type: text/plain"];
      expect(await send(gateway, { method: "POST", target: "/hang", headers, body })).toMatchObject({
        status: 413,
      });
    });
    await hang.stop();
  });

  test("what is no HTTP", async () => {
    await withGateway(options, async (gateway) => {
      expect(await sendBytes(gateway, "nonsense\r\n\r\n")).toMatchObject([
        { status: 400, body: '{"message":"Bad Request"}' },
      ]);
    });
  });

  test("headers of 10,000 bytes are well", async () => {
    const answer = await withGateway({ routes: [route("GET /")] }, (gateway) =>
      send(gateway, { headers: [`A: ${"x".repeat(10_000)}`] }),
    );
    expect(answer.status).toBe(200);
  });
});
