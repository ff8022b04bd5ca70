import { once } from "node:events";
import { Agent, get as httpGet, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { describe, expect, test, vi } from "vitest";
import type { RequestRecord } from "./index.ts";
import { route, send, sendBytes, withGateway } from "./test/send.ts";

const MEGABYTE = 1024 * 1024;

function pathOf(event: { rawPath: string }) {
  return event.rawPath;
}

describe("a body", () => {
  const sizes: number[] = [];
  const routes = [route("POST /", ({ body }: { body: string }) => sizes.push(body.length))];
  const headers = ["Content-Type: text/plain"];

  test("of 10 MB is passed on", async () => {
    sizes.length = 0;
    const answer = await withGateway({ routes }, (gateway) =>
      send(gateway, { method: "POST", headers, body: "x".repeat(10 * MEGABYTE) }),
    );
    expect(answer.status).toBe(200);
    expect(sizes).toEqual([10 * MEGABYTE]);
  });

  test.each([1, 5 * MEGABYTE])("of 10 MB and %i more is a 413 and no call", async (more) => {
    sizes.length = 0;
    const body = "x".repeat(10 * MEGABYTE + more);
    const answer = await withGateway({ routes }, (gateway) =>
      send(gateway, { method: "POST", headers, body }),
    );
    expect(answer).toMatchObject({ status: 413, body: '{"message":"Request Entity Too Large"}' });
    expect(sizes).toEqual([]);
  });

  test("that breaks off is no call, and the gateway goes on", async () => {
    sizes.length = 0;
    await withGateway({ routes }, async (gateway) => {
      const socket = connect(gateway.port, "127.0.0.1");
      await once(socket, "connect");
      socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
      const answer = await send(gateway, { method: "POST", headers, body: "whole" });
      expect(answer.status).toBe(200);
    });
    expect(sizes).toEqual([5]);
  });

  test("that trickles in is waited for", async () => {
    await withGateway({ routes }, async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk));
      for (const part of [
        "POST / HTTP/1.1\r\nHo",
        "st: a\r\nContent-Type: text/pl",
        "ain\r\nContent-Length: 4\r\n\r\nab",
        "cd",
      ]) {
        socket.write(part);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await vi.waitFor(() => expect(answer).toMatch(/^HTTP\/1\.1 200 OK/), 5_000);
      socket.destroy();
    });
  });
});

describe("a connection", () => {
  test("that is pipelined gets its answers in order", async () => {
    const delays: Record<string, number> = { "/1": 30, "/2": 10, "/3": 0 };
    const routes = [
      route("$default", async (event: { rawPath: string }) => {
        await new Promise((resolve) => setTimeout(resolve, delays[event.rawPath]));
        return event.rawPath;
      }),
    ];
    await withGateway({ routes }, async (gateway) => {
      const lines = ["/1", "/2", "/3"].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n`);
      const answers = await sendBytes(
        gateway,
        `${lines[0]}\r\n${lines[1]}\r\n${lines[2]}Connection: close\r\n\r\n`,
      );
      expect(answers.map(({ body }) => body)).toEqual(["/1", "/2", "/3"]);
    });
  });

  test("is kept alive, after the gateway's own answers too", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const localPorts = new Set<number | undefined>();
    await withGateway({ routes: [route("GET /ok")] }, async ({ url }) => {
      for (const path of ["/ok", "/nowhere", "/%zz", "/ok"]) {
        const [response] = (await once(httpGet(`${url}${path}`, { agent }), "response")) as [IncomingMessage];
        localPorts.add(response.socket.localPort);
        response.resume();
        await once(response, "end");
      }
      agent.destroy();
    });
    expect(localPorts.size).toBe(1);
  });

  test("whose client leaves before the answer harms nobody", async () => {
    const [arrived, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const records: RequestRecord[] = [];
    const handleSlowly = () => {
      arrived.resolve();
      return gate.promise;
    };
    const routes = [route("GET /slow", handleSlowly), route("GET /ok")];
    await withGateway({ routes, onRequest: (record) => records.push(record) }, async (gateway) => {
      const socket = connect(gateway.port, "127.0.0.1");
      await once(socket, "connect");
      socket.write("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
      await arrived.promise;
      socket.destroy();
      await once(socket, "close");
      gate.resolve();
      expect((await send(gateway, { target: "/ok" })).status).toBe(200);
      await vi.waitFor(() => expect(records.map(({ path }) => path).sort()).toEqual(["/ok", "/slow"]), 5_000);
    });
  });
});

test("ten thousand requests leave no listener behind and raise no warning", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on("warning", onWarning);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  await withGateway({ routes: [route("GET /{n}", pathOf)] }, async ({ url }) => {
    let next = 0;
    const fetchAll = async () => {
      while (next < 10_000) {
        const path = `/${next++}`;
        const [response] = (await once(httpGet(`${url}${path}`, { agent }), "response")) as [IncomingMessage];
        let body = "";
        for await (const chunk of response) body += chunk;
        expect(body).toBe(path);
      }
    };
    await Promise.all(Array.from({ length: 8 }, fetchAll));
    agent.destroy();
  });
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});
