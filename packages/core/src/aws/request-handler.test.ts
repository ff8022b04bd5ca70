import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../deadline.ts";
import { requestHandler } from "./request-handler.ts";

type Request = Parameters<ReturnType<typeof requestHandler>["handle"]>[0];

function requestTo(port: number): Request {
  const request = { protocol: "http:", hostname: "127.0.0.1", port, method: "GET", path: "/", headers: {} };
  return request as Request;
}

it("a transport gives up after one second without a connection and two without an answer", async () => {
  const transport = requestHandler();
  // It tells its settings only once it was used: a port where nobody listens will do.
  await expect(transport.handle(requestTo(1))).rejects.toThrow();
  expect(transport.httpHandlerConfigs()).toMatchObject({
    connectionTimeout: 1000,
    requestTimeout: 2000,
    throwOnRequestTimeout: true,
  });
});

describe("a request under a deadline", () => {
  let asked = 0;
  let server: Server;
  let port: number;
  beforeAll(async () => {
    // It begins an answer and never ends it: no time-out of one try is about that.
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { "content-length": "2" });
      response.write("{");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("ends with it, in the middle of an answer", async () => {
    const time = new AbortController();
    const { response } = await until(time.signal, () => requestHandler().handle(requestTo(port)));
    const body = response.body.toArray();
    time.abort();
    await expect(body).rejects.toThrow("aborted");
    expect(asked).toBe(1);
  });

  it("is not begun after it", async () => {
    asked = 0;
    const late = until(AbortSignal.abort(), () => requestHandler().handle(requestTo(port)));
    await expect(late).rejects.toMatchObject({ name: "AbortError" });
    expect(asked).toBe(0);
  });
});
