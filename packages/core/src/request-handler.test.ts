import { expect, it } from "vitest";
import { requestHandler } from "./request-handler.ts";

it("a transport gives up after one second without a connection and two without an answer", async () => {
  const transport = requestHandler();
  const request = {
    protocol: "http:",
    hostname: "127.0.0.1",
    port: 1,
    method: "GET",
    path: "/",
    headers: {},
  };
  // It tells its settings only once it was used: a port where nobody listens will do.
  await expect(transport.handle(request as Parameters<typeof transport.handle>[0])).rejects.toThrow();
  expect(transport.httpHandlerConfigs()).toMatchObject({
    connectionTimeout: 1000,
    requestTimeout: 2000,
    throwOnRequestTimeout: true,
  });
});
