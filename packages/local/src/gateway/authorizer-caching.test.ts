import { afterEach, describe, expect, test, vi } from "vitest";
import { startGateway } from "./index.ts";
import { api, authorizerOf, failed, forbidden, get, options, policy, route } from "./test/authorizer.ts";
import { withGateway } from "./test/send.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("the cache", () => {
  test("is by identity and judges the policy anew for every route", async () => {
    const { authorizer, events } = authorizerOf(() => policy(`${api}/GET/me`), { cacheSeconds: 60 });
    await withGateway(options(authorizer), async (gateway) => {
      expect((await get(gateway)).status).toBe(200);
      expect((await get(gateway, { method: "POST" })).status).toBe(403);
      expect((await get(gateway, { target: "/pets/6" })).status).toBe(403);
      expect((await get(gateway)).status).toBe(200);
      expect(events).toHaveLength(1);
      expect((await get(gateway, { headers: ["Authorization: other"] })).status).toBe(200);
      expect(events).toHaveLength(2);
    });
  });

  test("keeps a Deny as it keeps an Allow", async () => {
    const { authorizer, events } = authorizerOf(() => policy("*", "Deny"), { cacheSeconds: 60 });
    await withGateway(options(authorizer), async (gateway) => {
      for (let time = 0; time < 3; time++) expect(await get(gateway)).toMatchObject(forbidden);
    });
    expect(events).toHaveLength(1);
  });

  test("of 0 seconds asks every time", async () => {
    const { authorizer, events } = authorizerOf(() => policy());
    await withGateway(options(authorizer), async (gateway) => {
      for (let time = 0; time < 3; time++) await get(gateway);
    });
    expect(events).toHaveLength(3);
  });

  test("ends with its time, and can be cleared before", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { authorizer, events } = authorizerOf(() => policy(), { cacheSeconds: 60 });
    await withGateway(options(authorizer), async (gateway) => {
      await get(gateway);
      vi.setSystemTime(Date.now() + 59_000);
      await get(gateway);
      expect(events).toHaveLength(1);
      vi.setSystemTime(Date.now() + 1_000);
      await get(gateway);
      expect(events).toHaveLength(2);
      gateway.authorizerCache.clear();
      await get(gateway);
      expect(events).toHaveLength(3);
    });
  });

  test("recovers from a failure: the next request asks again and its answer is kept", async () => {
    let calls = 0;
    const { authorizer, events } = authorizerOf(
      () => {
        calls += 1;
        if (calls === 1) throw new Error("no database");
        return policy();
      },
      { cacheSeconds: 60 },
    );
    await withGateway(options(authorizer), async (gateway) => {
      expect(await get(gateway)).toMatchObject(failed);
      expect((await get(gateway)).status).toBe(200);
      expect((await get(gateway)).status).toBe(200);
    });
    expect(events).toHaveLength(2);
  });

  test("is by route too where $context.routeKey is an identity source", async () => {
    const { authorizer, events } = authorizerOf(() => policy(), {
      cacheSeconds: 60,
      identitySources: ["$request.header.Authorization", "$context.routeKey"],
    });
    await withGateway(options(authorizer), async (gateway) => {
      await get(gateway);
      await get(gateway, { method: "POST" });
      await get(gateway);
    });
    expect(events).toHaveLength(2);
  });

  test("is shared by routes whose authorizers are alike, and not by others", async () => {
    const { authorizer, events } = authorizerOf(() => policy(), { cacheSeconds: 60 });
    const routes = [
      route("GET /me", { ...authorizer }),
      route("POST /me", { ...authorizer }),
      route("GET /pets/{id}", { ...authorizer, payloadFormatVersion: "1.0" }),
    ];
    await withGateway({ routes }, async (gateway) => {
      await get(gateway);
      await get(gateway, { method: "POST" });
      expect(events).toHaveLength(1);
      await get(gateway, { target: "/pets/6" });
      expect(events).toHaveLength(2);
    });
  });

  test.each([
    [{ cacheSeconds: 60, identitySources: [] }, "needs at least one identity source"],
    [{ cacheSeconds: -1 }, "should be a whole number from 0 to 3600"],
    [{ cacheSeconds: 3601 }, "should be a whole number from 0 to 3600"],
    [{ cacheSeconds: 0.5 }, "should be a whole number from 0 to 3600"],
    [{ enableSimpleResponses: true, payloadFormatVersion: "1.0" as const }, "needs payloadFormatVersion 2.0"],
  ])("with %j is refused at the start", async (settings, message) => {
    await expect(startGateway(options(authorizerOf(() => policy(), settings).authorizer))).rejects.toThrow(
      message,
    );
  });
});
