import { describe, expect, test } from "vitest";
import { api, ask, authorizerOf, get, options, policy } from "./test/authorizer.ts";
import { withGateway } from "./test/send.ts";

describe("the event", () => {
  test("of format 2.0 is the integration's without a body, with route ARN and identities", async () => {
    const { authorizer, events } = authorizerOf(() => policy());
    await ask(authorizer, {
      method: "POST",
      target: "/me?x=1",
      headers: ["Authorization: t", "Content-Type: text/plain", "Cookie: a=1"],
      body: "secret",
    });
    expect(events[0]).toEqual({
      version: "2.0",
      type: "REQUEST",
      routeArn: `${api}/POST/me`,
      identitySource: ["t"],
      routeKey: "POST /me",
      rawPath: "/me",
      rawQueryString: "x=1",
      cookies: ["a=1"],
      headers: expect.objectContaining({ authorization: "t", "content-type": "text/plain" }),
      queryStringParameters: { x: "1" },
      requestContext: expect.objectContaining({
        routeKey: "POST /me",
        stage: "$default",
        http: expect.objectContaining({ method: "POST", path: "/me", sourceIp: "127.0.0.1" }),
      }),
    });
    expect(events[0]?.["requestContext"]).not.toHaveProperty("authorizer");
  });

  test("of format 1.0 is that of a REST API", async () => {
    const { authorizer, events } = authorizerOf(() => policy(), {
      payloadFormatVersion: "1.0",
      identitySources: ["$request.header.Authorization", "$request.querystring.x"],
    });
    await ask(authorizer, { target: "/pets/6?x=1&x=2", headers: ["AuthoriZation: t", "X-A: 1"] });
    expect(events[0]).toEqual({
      version: "1.0",
      type: "REQUEST",
      methodArn: `${api}/GET/pets/6`,
      identitySource: "t,1,2",
      authorizationToken: "t,1,2",
      resource: "/pets/{id}",
      path: "/pets/6",
      httpMethod: "GET",
      headers: expect.objectContaining({ AuthoriZation: "t", "X-A": "1", "X-Forwarded-For": "127.0.0.1" }),
      queryStringParameters: { x: "2" },
      pathParameters: { id: "6" },
      stageVariables: {},
      requestContext: {
        path: "/pets/6",
        accountId: "000000000000",
        resourceId: "GET /pets/{id}",
        stage: "$default",
        requestId: expect.any(String),
        identity: { sourceIp: "127.0.0.1", userAgent: "" },
        resourcePath: "/pets/{id}",
        httpMethod: "GET",
        apiId: "local",
      },
    });
  });

  test("of a named stage has it in the ARN once", async () => {
    const { authorizer, events } = authorizerOf(() => policy("*"));
    const settings = {
      ...options(authorizer),
      stage: "prod",
      apiId: "abc",
      accountId: "123456789012",
      region: "eu-west-1",
    };
    await withGateway(settings, (gateway) => get(gateway, { target: "/prod/a:b/c%2Fd" }));
    expect(events[0]?.["routeArn"]).toBe("arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/a:b/c/d");
  });

  test("a route ARN of more than 1,600 bytes is a 414 and no call", async () => {
    const { authorizer, events } = authorizerOf(() => policy("*"));
    expect(await ask(authorizer, { target: `/${"x".repeat(1_600)}` })).toMatchObject({ status: 414 });
    expect(events).toEqual([]);
  });
});
