/**
 * What still works while a part this API leans on is down: the table of docs/operations.md, "What works while something
 * is down". What does not work says so with 503 and when to come back, and has changed nothing.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Route, routes } from "@gatehouse/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { intercepted } from "../../core/test/requests.ts";
import { call } from "../test/call.ts";
import { oneOfMany } from "../test/crowd.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, failNext } from "../test/outbox.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts } from "../test/table.ts";
import { wholeRequest } from "../test/whole-request.ts";

captureStdout();

beforeEach(clearOutbox);

const everyRoute = Object.values<Route>(routes);

/** The routes that do not do what they are for, each asked whole and by somebody who may, while something is down. */
async function unavailable(during: <T>(asking: () => Promise<T>) => Promise<T>): Promise<string[]> {
  const names: string[] = [];
  for (const route of everyRoute) {
    const request = await wholeRequest(route, await oneOfMany());
    const before = await readAccounts();
    const handler = await handlerOf(route.name);
    const answer = await during(() => call(handler, request));
    if (answer.status === route.answer.status) continue;
    expect([route.name, answer.status, answer.body.code]).toEqual([route.name, 503, "unavailable"]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(await readAccounts()).toEqual(before);
    names.push(route.name);
  }
  return names;
}

const askNothingOfTheTable = [
  "health",
  "jwks",
  "oauthServerMetadata",
  "openapi",
  "openidConfiguration",
  "problem",
];

it("while all is well every route does what it is for", async () => {
  expect(await unavailable((asking) => asking())).toEqual([]);
});

it("while the table does not answer the keys and what explains errors are told, and nothing else works", async () => {
  const silence = async () => {
    throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
  };
  const down = await unavailable((asking) => intercepted(silence, asking));
  const others = everyRoute.map(({ name }) => name).filter((name) => !askNothingOfTheTable.includes(name));
  expect(down).toEqual(others);
});

it("while the queue takes nothing, what must leave a job behind does not work, and all else does", async () => {
  const down = await unavailable((asking) => {
    failNext(4, "queue");
    return asking().finally(clearOutbox);
  });
  expect(down).toEqual([
    "requestEmailVerification",
    "forgotPassword",
    "resetPassword",
    "changePassword",
    "changeEmail",
    "deleteMe",
  ]);
});

describe("while the parameter store does not answer", () => {
  let store: Server;
  beforeEach(async () => {
    store = createServer((_request, response) => {
      response.writeHead(500, { "Content-Type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify({ __type: "InternalServerError" }));
    });
    await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_ENDPOINT_URL_SSM", `http://127.0.0.1:${(store.address() as AddressInfo).port}`);
    vi.stubEnv("SECRETS", "ssm:/sst/gatehouse/test/Secret");
    vi.resetModules();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
    store.closeAllConnections();
    store.close();
  });

  it("a container that has just started does what needs no secret", async () => {
    const down = await unavailable((asking) => asking());
    const works = everyRoute.map(({ name }) => name).filter((name) => !down.includes(name));
    expect(works).toEqual([
      "requestEmailVerification",
      "forgotPassword",
      "me",
      "changeMe",
      "exportMe",
      "events",
      "sessions",
      // There are none, so there is nothing to record.
      "endOtherSessions",
      "health",
      "problem",
      "openapi",
    ]);
  });
});
