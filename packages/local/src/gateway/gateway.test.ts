import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFunction } from "../lambda/index.ts";
import { type RequestRecord, startGateway } from "./index.ts";
import { route, send, withGateway } from "./test/send.ts";

const handlers = new URL("../../test/handlers/container.ts", import.meta.url);

function pathOf(event: { rawPath: string }) {
  return event.rawPath;
}

test("a handler that keeps its container busy stalls no other route", async () => {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-"));
  const file = join(directory, "stop");
  const burn = createFunction({ module: handlers, exportName: "burnUntil", timeoutSeconds: 30 });
  const count = createFunction({ module: handlers, exportName: "count", timeoutSeconds: 30 });
  const routes = [
    { routeKey: "GET /burn", target: () => burn.invoke({ file }) },
    { routeKey: "GET /count", target: () => count.invoke({}) },
  ];
  await withGateway({ routes }, async ({ url }) => {
    const burning = fetch(`${url}/burn`);
    expect((await fetch(`${url}/count`)).status).toBe(200);
    await writeFile(file, "");
    expect(await (await burning).text()).toBe("burnt");
  });
  await Promise.all([burn.stop(), count.stop()]);
  await rm(directory, { recursive: true });
});

test("reports each finished request once", async () => {
  const records: RequestRecord[] = [];
  const routes = [route("GET /pets/{id}"), route("GET /throws", () => Promise.reject(new Error("why")))];
  await withGateway({ routes, onRequest: (record) => records.push(record) }, async ({ url }) => {
    const answer = await fetch(`${url}/pets/6?secret=1`);
    await fetch(`${url}/throws`);
    await fetch(`${url}/nowhere`);
    expect(records[0]?.requestId).toBe(answer.headers.get("apigw-requestid"));
  });
  const durationMs = expect.any(Number);
  const requestId = expect.any(String);
  expect(records).toEqual([
    {
      requestId,
      method: "GET",
      path: "/pets/6",
      routeKey: "GET /pets/{id}",
      status: 200,
      durationMs,
      fault: undefined,
    },
    {
      requestId,
      method: "GET",
      path: "/throws",
      routeKey: "GET /throws",
      status: 500,
      durationMs,
      fault: "integration: why",
    },
    {
      requestId,
      method: "GET",
      path: "/nowhere",
      routeKey: undefined,
      status: 404,
      durationMs,
      fault: undefined,
    },
  ]);
});

describe("a stage with a name", () => {
  test("is part of the URL, and the rest is Not Found", async () => {
    await withGateway(
      { routes: [route("GET /me", pathOf), route("GET /", pathOf)], stage: "prod" },
      async (gateway) => {
        expect(gateway.url).toBe(`http://127.0.0.1:${gateway.port}/prod`);
        expect(await (await fetch(`${gateway.url}/me`)).text()).toBe("/prod/me");
        expect(await (await fetch(gateway.url)).text()).toBe("/prod");
        for (const target of ["/me", "/production/me", "/", "/prodme"]) {
          expect((await send(gateway, { target })).status).toBe(404);
        }
      },
    );
  });
});

describe("start and stop", () => {
  test("a taken port is passed on as EADDRINUSE", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await expect(startGateway({ routes: [], port: port ?? 0 })).rejects.toMatchObject({ code: "EADDRINUSE" });
    server.close();
  });

  test("routes that are duplicates stop the start", async () => {
    await expect(startGateway({ routes: [route("GET /a"), route("GET /a")] })).rejects.toThrow("duplicates");
  });

  test("stop lets go of the port though a request hangs and another connection idles, and can be called twice", async () => {
    const arrived = Promise.withResolvers<void>();
    const hang = () => {
      arrived.resolve();
      return new Promise(() => {});
    };
    const gateway = await startGateway({ routes: [route("GET /hangs", hang)] });
    const idle = connect(gateway.port, "127.0.0.1");
    await once(idle, "connect");
    const hanging = fetch(`${gateway.url}/hangs`).catch((error: unknown) => error);
    await arrived.promise;

    await Promise.all([gateway.stop(), gateway.stop()]);
    expect(await hanging).toBeInstanceOf(TypeError);
    const again = await startGateway({ routes: [route("GET /")], port: gateway.port });
    expect((await fetch(again.url)).status).toBe(200);
    await again.stop();
    idle.destroy();
  });

  test("a request that is nearly done still gets its answer", async () => {
    const [arrived, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    const handle = () => {
      arrived.resolve();
      return gate.promise;
    };
    const gateway = await startGateway({ routes: [route("GET /", handle)] });
    const answer = fetch(gateway.url);
    await arrived.promise;
    const stopped = gateway.stop();
    gate.resolve("done");
    expect(await (await answer).text()).toBe("done");
    await stopped;
  });
});
