import { describe, expect, test } from "vitest";
import { createInlineFunction } from "../lambda/index.ts";
import { type GatewayRoute, startGateway } from "./index.ts";
import {
  api,
  ask,
  authorizerOf,
  type Event,
  failed,
  forbidden,
  get,
  options,
  policy,
  unauthorized,
} from "./test/authorizer.ts";
import { withGateway } from "./test/send.ts";

describe("identity sources", () => {
  test.each([
    ["a missing header", ["$request.header.Authorization"], {}],
    ["an empty header", ["$request.header.Authorization"], { headers: ["Authorization:"] }],
    [
      "a missing one of two headers",
      ["$request.header.Authorization", "$request.header.Cookie"],
      { headers: ["Authorization: t"] },
    ],
    ["a missing query parameter", ["$request.querystring.token"], {}],
    ["an empty query parameter", ["$request.querystring.token"], { target: "/me?token=" }],
    ["a query parameter in another case", ["$request.querystring.token"], { target: "/me?Token=1" }],
    ["a missing stage variable", ["$stageVariables.key"], {}],
  ])("%s is a 401 and no call", async (_what, identitySources, request) => {
    const { authorizer, events } = authorizerOf(() => policy(), { identitySources });
    expect(await ask(authorizer, { headers: [], ...request })).toMatchObject(unauthorized);
    expect(events).toEqual([]);
  });

  test("their values reach the authorizer in order", async () => {
    const { authorizer, events } = authorizerOf(() => policy(), {
      identitySources: [
        "$request.header.AUTHORIZATION",
        "$request.querystring.a",
        "$request.header.cookie",
        "$context.routeKey",
      ],
    });
    const answer = await ask(authorizer, {
      target: "/me?a=1&a=2",
      headers: ["authorization: t", "Cookie: x=1; y=2"],
    });
    expect(answer.status).toBe(200);
    expect(events[0]?.["identitySource"]).toEqual(["t", "1,2", "x=1; y=2", "GET /me"]);
  });

  test.each([
    "Authorization",
    "$request.body.token",
    "$request.header.",
    "$context.nonsense",
    "$context.constructor",
  ])("%s is refused at the start", async (source) => {
    const { authorizer } = authorizerOf(() => policy(), { identitySources: [source] });
    await expect(startGateway(options(authorizer))).rejects.toThrow(`identity source "${source}" should be`);
  });
});

describe("the answer", () => {
  test.each([
    ["an Allow", policy(), 200],
    ["a Deny", policy("*", "Deny"), 403],
    ["an Allow of another route", policy(`${api}/GET/you`), 403],
    ["an Allow of another API", policy(`${api.replace("local", "other")}/*/*`), 403],
  ])("%s", async (_what, answer, status) => {
    expect((await ask(authorizerOf(() => answer).authorizer)).status).toBe(status);
  });

  test("a refusal says Forbidden and no more", async () => {
    expect(await ask(authorizerOf(() => policy("*", "Deny")).authorizer)).toMatchObject(forbidden);
  });

  const nested = { ...policy(), context: { roles: ["admin"] } };
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "Allow"],
    ["a list", [policy()]],
    ["no principalId", { ...policy(), principalId: undefined }],
    ["an empty principalId", { ...policy(), principalId: "" }],
    ["a principalId that is a number", { ...policy(), principalId: 1 }],
    ["no policy", { principalId: "user-1" }],
    ["a malformed policy", { ...policy(), policyDocument: { Statement: [] } }],
    ["a policy as text", { ...policy(), policyDocument: JSON.stringify(policy().policyDocument) }],
    ["a list in the context", nested],
    ["null in the context", { ...policy(), context: { a: null } }],
    ["NaN in the context", { ...policy(), context: { a: Number.NaN } }],
    ["a context that is text", { ...policy(), context: "a" }],
    ["a context that is a list", { ...policy(), context: ["a"] }],
    ["a simple response where it is not enabled", { isAuthorized: true }],
  ])("%s is a 500 and never cached", async (_what, answer) => {
    const { authorizer, events } = authorizerOf(() => answer, { cacheSeconds: 60 });
    await withGateway(options(authorizer), async (gateway) => {
      expect(await get(gateway)).toMatchObject(failed);
      expect(await get(gateway)).toMatchObject(failed);
    });
    expect(events).toHaveLength(2);
  });

  test.each([
    ["an Error", new Error("no database"), failed],
    ["an Error that only begins with Unauthorized", new Error("Unauthorized: expired"), failed],
    ["an Error unauthorized in lower case", new Error("unauthorized"), failed],
    ["the Error Unauthorized", new Error("Unauthorized"), unauthorized],
    ["the text Unauthorized", "Unauthorized", unauthorized],
  ])("a throw of %s is told apart and never cached", async (_what, thrown, expected) => {
    const { authorizer, events } = authorizerOf(() => Promise.reject(thrown), { cacheSeconds: 60 });
    await withGateway(options(authorizer), async (gateway) => {
      expect(await get(gateway)).toMatchObject(expected);
      expect(await get(gateway)).toMatchObject(expected);
    });
    expect(events).toHaveLength(2);
  });

  test("Unauthorized thrown in a function is a 401 too", async () => {
    const inline = createInlineFunction({ handler: () => Promise.reject(new Error("Unauthorized")) });
    const { authorizer } = authorizerOf(() => undefined, { invoke: inline.invoke });
    expect(await ask(authorizer)).toMatchObject(unauthorized);
  });

  test("one that never comes is a 500", async () => {
    const { authorizer } = authorizerOf(() => new Promise(() => {}));
    await withGateway({ ...options(authorizer), authorizerTimeoutSeconds: 0.05 }, async (gateway) => {
      expect(await get(gateway)).toMatchObject(failed);
    });
  });

  test("the record of a request says why it failed", async () => {
    const faults: unknown[] = [];
    const { authorizer } = authorizerOf(() => nested);
    await withGateway({ ...options(authorizer), onRequest: ({ fault }) => faults.push(fault) }, get);
    expect(faults).toEqual(["authorizer: context.roles is neither text, a finite number nor a boolean"]);
  });
});

describe("the context", () => {
  const context = { userId: "u1", exp: 1_700_000_000, isAdmin: false };
  test.each([
    ["reaches the integration with its types", context, context],
    ["may be empty", {}, {}],
    ["is null where there is none", undefined, null],
  ])("%s", async (_what, given, expected) => {
    const answer = await ask(authorizerOf(() => ({ ...policy(), context: given })).authorizer);
    expect(JSON.parse(answer.body)).toEqual({ authorizer: { lambda: expected } });
  });

  test("cached is the same for every request, whatever an integration does with it", async () => {
    const { authorizer } = authorizerOf(() => ({ ...policy(), context }), { cacheSeconds: 60 });
    const routes: GatewayRoute[] = [
      {
        routeKey: "GET /me",
        authorizer,
        target: async (event) => {
          const { lambda } = (event as { requestContext: { authorizer: { lambda: Event } } }).requestContext
            .authorizer;
          const before = { ...lambda };
          lambda["isAdmin"] = true;
          return before;
        },
      },
    ];
    await withGateway({ routes }, async (gateway) => {
      for (let time = 0; time < 2; time++) expect(JSON.parse((await get(gateway)).body)).toEqual(context);
    });
  });
});

describe("simple responses", () => {
  const simple = { enableSimpleResponses: true };
  test("true lets through with the context, false is a 403", async () => {
    const { authorizer } = authorizerOf(
      ({ identitySource }) => ({ isAuthorized: String(identitySource) === "good", context: { a: 1 } }),
      simple,
    );
    await withGateway(options(authorizer), async (gateway) => {
      const answer = await get(gateway, { headers: ["Authorization: good"] });
      expect(JSON.parse(answer.body)).toEqual({ authorizer: { lambda: { a: 1 } } });
      expect(await get(gateway, { headers: ["Authorization: bad"] })).toMatchObject(forbidden);
    });
  });

  test("cached, decide for all routes that share the identity", async () => {
    const { authorizer, events } = authorizerOf(
      ({ routeKey }) => ({ isAuthorized: routeKey === "GET /me" }),
      {
        ...simple,
        cacheSeconds: 60,
      },
    );
    await withGateway(options(authorizer), async (gateway) => {
      expect((await get(gateway)).status).toBe(200);
      expect((await get(gateway, { method: "POST" })).status).toBe(200);
      gateway.authorizerCache.clear();
      expect((await get(gateway, { method: "POST" })).status).toBe(403);
      expect((await get(gateway)).status).toBe(403);
    });
    expect(events).toHaveLength(2);
  });

  test.each(["true", 1, null, undefined])("isAuthorized of %j is a 500", async (isAuthorized) => {
    expect(await ask(authorizerOf(() => ({ isAuthorized }), simple).authorizer)).toMatchObject(failed);
  });

  test("a policy in their place is a 500", async () => {
    expect(await ask(authorizerOf(() => policy(), simple).authorizer)).toMatchObject(failed);
  });
});
