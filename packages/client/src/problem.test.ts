import { describe, expect, it } from "vitest";
import { clientOf, credentials, loggedIn } from "../test/clients.ts";
import { json, problem, refusal } from "../test/fake-api.ts";
import { errorCodes } from "./api.generated.ts";
import { GatehouseError, isGatehouseError } from "./error.ts";

it("a problem is told whole", async () => {
  const { api, client } = clientOf();
  const errors = [{ pointer: "/password", message: "is among the most used" }];
  api.next("POST /register", () => problem(422, "weak_password", { errors }));
  const { error } = await client.register(credentials);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: "GatehouseError",
    code: "weak_password",
    status: 422,
    message: "It is weak_password",
    detail: "In detail.",
    fields: errors,
    requestId: "r1",
    retryAfterSeconds: undefined,
  });
  expect(error?.fieldMessage("password")).toBe("is among the most used");
  expect(error?.fieldMessage("email")).toBeUndefined();
});

it.each(errorCodes)("the code %s is known", async (code) => {
  const { api, client } = clientOf({ retries: 0 });
  api.next("GET /health", () => problem(400, code));
  expect((await client.health()).error?.code).toBe(code);
});

it.each([
  [401, "Unauthorized", "invalid_token"],
  [403, "Forbidden", "insufficient_scope"],
  [404, "Not Found", "not_found"],
  [413, "Request Entity Too Large", "payload_too_large"],
  [429, "Too Many Requests", "too_many_requests"],
  [500, "Internal Server Error", "internal_error"],
  [503, "Service Unavailable", "unavailable"],
] as const)(
  "what the gateway answers by itself with %i is an error like any other",
  async (status, message, code) => {
    const { api, client } = clientOf({ retries: 0 });
    api.next("GET /health", () => refusal(status, message));
    expect((await client.health()).error).toMatchObject({ code, status, message, fields: [] });
  },
);

it.each([
  ["a code of a newer API", problem(409, "too_blue")],
  ["a status that is nobody's", refusal(418, "I'm a teapot")],
  ["no JSON", new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["nothing", new Response(null, { status: 502 })],
  ["a text", new Response('"no"', { status: 502 })],
])("an error with %s is unknown, and nothing of it is lost", async (_, response) => {
  const { api, client } = clientOf({ retries: 0 });
  const text = await response.clone().text();
  api.next("GET /health", () => response);
  expect((await client.health()).error).toMatchObject({
    code: "unknown_error",
    status: response.status,
    cause: text,
  });
});

it("an error that is cut off is told by its status", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
  const { client } = clientOf({ fetch: async () => new Response(body, { status: 404 }) });
  expect((await client.health()).error).toMatchObject({ code: "not_found", message: "The answer was 404" });
});

it("a success that is no JSON is no success", async () => {
  const { api, client } = clientOf();
  api.next("GET /health", () => new Response("<h1>Welcome to this hotel</h1>"));
  expect((await client.health()).error).toMatchObject({ code: "unknown_error", status: 200 });
});

describe("when to come back", () => {
  const after = async (value: string) => {
    const { api, client } = await loggedIn({ retries: 0 });
    api.next("GET /me", () => problem(429, "too_many_requests", {}, { "retry-after": value }));
    return (await client.me()).error?.retryAfterSeconds;
  };

  it("is told in seconds", async () => {
    expect(await after("17")).toBe(17);
  });

  it("is told in seconds where it was said by a date", async () => {
    const seconds = await after(new Date(Date.now() + 60_000).toUTCString());
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it("is now for a date that is over, and nothing for what is no date", async () => {
    expect(await after("Wed, 21 Oct 2015 07:28:00 GMT")).toBe(0);
    expect(await after("soon")).toBeUndefined();
  });
});

it("the id of a request is that of the gateway, where the answer has no other", async () => {
  const { api, client } = clientOf({ retries: 0 });
  api.next("GET /health", () => json(429, { message: "Too Many Requests" }, { "apigw-requestid": "abc=" }));
  expect((await client.health()).error?.requestId).toBe("abc=");
});

it("an error is known by its name, of whichever copy of this package it is", () => {
  class Copy extends Error {
    override readonly name = "GatehouseError";
    readonly code = "timeout";
  }
  expect(isGatehouseError(new GatehouseError("timeout", "late"))).toBe(true);
  expect(isGatehouseError(new Copy("late"))).toBe(true);
  for (const other of [new Error("late"), { name: "GatehouseError", code: "timeout" }, undefined]) {
    expect(isGatehouseError(other)).toBe(false);
  }
});
