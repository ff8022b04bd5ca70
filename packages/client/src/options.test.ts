import { expect, it, vi } from "vitest";
import { baseUrl, clientOf, memoryStorage } from "../test/clients.ts";
import { FakeApi } from "../test/fake-api.ts";
import { createClient } from "./index.ts";

it.each([
  "",
  "/auth",
  "auth.example.com",
  "ftp://auth.example.com",
  "https://auth.example.com?x=1",
  "https://auth.example.com#x",
  "https://me:secret@auth.example.com",
  undefined,
])("%j is no address of an API", (url) => {
  expect(() => createClient({ baseUrl: url as string, transport: "bearer" })).toThrow(
    /^baseUrl has to be like https:\/\/auth\.example\.com, and is/,
  );
});

it("what is no address is no other API either", () => {
  expect(() => clientOf({ apis: ["orders.example.com"] })).toThrow("apis has to be like");
});

it("a transport has to be one of the two", () => {
  expect(() => createClient({ baseUrl, transport: "header" as "cookie" })).toThrow(
    'transport is either "cookie" or "bearer"',
  );
});

it("a storage in cookie mode is a mistake: it would hold nothing", () => {
  expect(() => clientOf({ transport: "cookie", storage: memoryStorage() })).toThrow(
    "storage is for bearer mode",
  );
});

it("without a fetch of its own a client takes the one that is there when it calls", async () => {
  const api = new FakeApi();
  const client = createClient({ baseUrl, transport: "bearer" });
  vi.stubGlobal("fetch", api.fetch);
  await client.health();
  vi.unstubAllGlobals();
  expect(api.calls("GET /health")).toHaveLength(1);
});

it("where a runtime has no credentials none are spoken of", async () => {
  const own = Object.getOwnPropertyDescriptor(Request.prototype, "credentials") as PropertyDescriptor;
  Reflect.deleteProperty(Request.prototype, "credentials");
  try {
    const seen: RequestInit[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      seen.push(init ?? {});
      return new Response("{}");
    };
    await clientOf({ fetch }).client.health();
    expect(seen[0]).not.toHaveProperty("credentials");
  } finally {
    Object.defineProperty(Request.prototype, "credentials", own);
  }
});
