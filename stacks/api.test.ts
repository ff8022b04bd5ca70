import { limits, type Route, type RouteName, routes } from "@gatehouse/contract";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { describe, expect, test } from "vitest";
import { accessLogFormat } from "./access-log.ts";
import { settingsOf } from "./stage.ts";
import { synthesise } from "./test/synthesise.ts";
import { functionsOf } from "./test/templates.ts";

const { api } = synthesise("anna");
const settings = settingsOf("anna");

const idsOf = (type: string) => Object.keys(api.findResources(type));
const only = <T>(list: T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

test("the API answers the routes of the contract and no other", () => {
  const deployed = Object.values(api.findResources("AWS::ApiGatewayV2::Route"));
  expect(deployed.map(({ Properties }) => Properties.RouteKey).sort()).toEqual(
    Object.values(routes)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
});

// Assertion 131: whoever adds a route decides this in the contract or fails here.
test("the authorizer stands before every route that needs a user; the others are the public list", () => {
  const authorizer = only(idsOf("AWS::ApiGatewayV2::Authorizer"));
  for (const route of Object.values(routes)) {
    const guard =
      route.authorizer === "token"
        ? { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: authorizer } }
        : { AuthorizationType: "NONE" };
    api.hasResourceProperties("AWS::ApiGatewayV2::Route", {
      RouteKey: `${route.method} ${route.path}`,
      ...guard,
    });
  }
  const open = Object.values(routes).filter((route) => route.authorizer === "none");
  expect(open.map(({ name }) => name).sort()).toEqual([
    "forgotPassword",
    "health",
    "jwks",
    "login",
    "logout",
    "oauthServerMetadata",
    "openapi",
    "openidConfiguration",
    "problem",
    "refresh",
    "register",
    "requestEmailVerification",
    "resetPassword",
    "undoEmailChange",
    "verifyEmail",
  ]);
});

test("each route calls its own function, with payload 2.0", () => {
  const integrations = api.findResources("AWS::ApiGatewayV2::Integration");
  const functions = api.findResources("AWS::Lambda::Function");
  for (const { Properties } of Object.values(api.findResources("AWS::ApiGatewayV2::Route"))) {
    const route = Object.values(routes).find(
      ({ method, path }) => `${method} ${path}` === Properties.RouteKey,
    );
    const integration = integrations[Properties.Target["Fn::Join"][1][1].Ref]?.["Properties"];
    const called = functions[integration.IntegrationUri["Fn::GetAtt"][0]]?.["Properties"];
    expect(called.FunctionName).toBe(`anna-gatehouse-${route?.name}`);
    expect(integration.PayloadFormatVersion).toBe("2.0");
  }
});

test("the authorizer answers policies, is asked by the Authorization header and is cached as the stage says", () => {
  const { Properties } = only(Object.values(api.findResources("AWS::ApiGatewayV2::Authorizer")));
  expect(Properties).toMatchObject({
    AuthorizerType: "REQUEST",
    AuthorizerPayloadFormatVersion: "2.0",
    AuthorizerResultTtlInSeconds: settings.authorizerCacheSeconds,
    IdentitySource: ["$request.header.Authorization"],
  });
  expect(Properties).not.toHaveProperty("EnableSimpleResponses");
});

test("the gateway and nobody else may call a function, for this API only", () => {
  const ref = only(idsOf("AWS::ApiGatewayV2::Api"));
  const permissions = Object.values(api.findResources("AWS::Lambda::Permission"));
  expect(permissions).toHaveLength(Object.keys(routes).length + 1);
  for (const { Properties } of permissions) {
    expect(Properties).toMatchObject({
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    });
    expect(JSON.stringify(Properties.SourceArn)).toContain(`{"Ref":"${ref}"}`);
  }
});

test("the gateway lets in the origins that the functions know, each by its name", () => {
  const { Properties } = only(Object.values(api.findResources("AWS::ApiGatewayV2::Api")));
  expect(Properties.CorsConfiguration).toMatchObject({
    AllowOrigins: settings.allowedOrigins,
    AllowMethods: expect.arrayContaining(["DELETE", "GET", "PATCH", "POST"]),
    // A header that is not in this list no page may send.
    AllowHeaders: ["authorization", "content-type", "idempotency-key"],
    // Without it a page is not allowed to send or to be given the cookie.
    AllowCredentials: true,
  });
  expect(JSON.stringify(Properties.CorsConfiguration)).not.toContain("*");
});

test("where no origin is allowed the gateway answers no preflight", () => {
  expect(settingsOf("prod").allowedOrigins).toEqual([]);
  const { Properties } = only(Object.values(synthesise("prod").api.findResources("AWS::ApiGatewayV2::Api")));
  expect(Properties).not.toHaveProperty("CorsConfiguration");
});

describe.each([
  { stage: "prod", isA: "whole", part: 1 },
  { stage: "staging", isA: "half", part: 1 / 2 },
  { stage: "anna", isA: "fifth", part: 1 / 5 },
])("in $stage", ({ stage, isA, part }) => {
  const { api } = synthesise(stage);
  const deployed = only(Object.values(api.findResources("AWS::ApiGatewayV2::Stage")));
  const { Properties } = deployed;
  const throttle = ({ rate, burst }: { rate: number; burst: number }) => ({
    ThrottlingRateLimit: rate * part,
    ThrottlingBurstLimit: burst * part,
  });

  test(`each route lets through the ${isA} of its limit in the contract, and the default is that of the API`, () => {
    const ofRoutes = Object.entries<Route>(routes).map(([name, { method, path }]) => [
      `${method} ${path}`,
      throttle(limits.routes[name as RouteName]),
    ]);
    expect(Properties.RouteSettings).toEqual(Object.fromEntries(ofRoutes));
    expect(Properties.DefaultRouteSettings).toEqual(throttle(limits.api));
  });

  // API Gateway refuses settings of a route that it does not have yet.
  test("the throttles are set after every route is there", () => {
    const ids = Object.keys(api.findResources("AWS::ApiGatewayV2::Route"));
    expect(ids).toHaveLength(Object.keys(routes).length);
    expect(deployed["DependsOn"]).toEqual(expect.arrayContaining(ids));
  });

  test("every request is logged, for as long as the stage keeps its logs", () => {
    expect(Properties.AccessLogSettings).toEqual({
      Format: accessLogFormat,
      DestinationArn: expect.anything(),
    });
    const [group, ...others] = Object.values(api.findResources("AWS::Logs::LogGroup")).filter(
      ({ Properties }) => JSON.stringify(Properties.LogGroupName ?? "").includes("/aws/vendedlogs/apis"),
    );
    expect(others).toEqual([]);
    const days = RetentionDays[settingsOf(stage).logRetention.toUpperCase() as keyof typeof RetentionDays];
    expect(group?.["Properties"].RetentionInDays).toBe(days);
  });

  test("log-ins have their own part of the account's concurrency, if any, and nothing else reserves some", () => {
    const functions = functionsOf(api, `${stage}-gatehouse-`);
    const reserved = functions.filter(
      ({ properties }) => properties.ReservedConcurrentExecutions !== undefined,
    );
    const { logInConcurrency } = settingsOf(stage);
    expect(reserved.map(({ name, properties }) => [name, properties.ReservedConcurrentExecutions])).toEqual(
      logInConcurrency === undefined ? [] : [["login", logInConcurrency]],
    );
  });
});

test("the outputs say what a client and another team's API need to know", () => {
  const ref = only(idsOf("AWS::ApiGatewayV2::Api"));
  const url = { "Fn::GetAtt": [ref, "ApiEndpoint"] };
  const value = (name: string) => api.findOutputs(name)[name]?.["Value"];
  expect(value("ApiUrl")).toEqual(url);
  expect(value("Issuer")).toEqual(url);
  expect(value("JwksUrl")).toEqual({ "Fn::Join": ["", [url, routes.jwks.path]] });
  expect(value("Audience")).toBe("gatehouse");
  expect(value("AuthorizerArn")).toEqual({ "Fn::GetAtt": [expect.stringMatching(/^authorizer/), "Arn"] });
  expect(value("TableName")).toBeDefined();
});
