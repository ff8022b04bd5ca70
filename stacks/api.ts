import { limits, routes } from "@gatehouse/contract";
import { Duration } from "aws-cdk-lib";
import type { CfnAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { type ApiCorsProps, Api as HttpApi, type StackContext, use } from "sst/constructs";
import { accessLogFormat } from "./access-log.ts";
import { customDomainOf } from "./domain.ts";
import { createFunction } from "./function.ts";
import { settingsOf } from "./stage.ts";
import { Storage } from "./storage.ts";
import { throttleOf, throttleRoutes } from "./throttles.ts";

/** The HTTP API: every route of the contract, and the authorizer in front of those that need a user. */
export function Api({ app, stack }: StackContext) {
  const settings = settingsOf(app.stage);
  const authorizer = createFunction(app, stack, "authorizer");
  const handlers = Object.values(routes).map(
    (route) => [route, createFunction(app, stack, route.name)] as const,
  );

  const token = new HttpLambdaAuthorizer("token", authorizer, {
    // A request without the header is answered 401 by the gateway; the header's value is the key of the cache.
    identitySource: ["$request.header.Authorization"],
    resultsCacheTtl: Duration.seconds(settings.authorizerCacheSeconds),
  });

  const api = new HttpApi(stack, "Api", {
    authorizers: { token: { type: "lambda", cdk: { authorizer: token } } },
    routes: Object.fromEntries(
      handlers.map(([route, handler]) => [
        `${route.method} ${route.path}`,
        { authorizer: route.authorizer, function: handler },
      ]),
    ),
    cors: corsFor(settings.allowedOrigins),
    defaults: { throttle: throttleOf(limits.api, settings) },
    accessLog: { format: accessLogFormat, retention: settings.logRetention },
    ...(settings.domain && { customDomain: customDomainOf(stack, settings.domain) }),
  });
  // Where clients find it: the stage's own domain, or the name that API Gateway gave.
  const url = api.customDomainUrl ?? api.url;

  // The CDK offers policies as answers with payload 1.0 only. The gateway takes them with 2.0, which the routes have
  // (API Gateway guide, "Control access to HTTP APIs with AWS Lambda authorizers").
  const deployedToken = api.cdk.httpApi.node.findChild("token").node.defaultChild as CfnAuthorizer;
  deployedToken.authorizerPayloadFormatVersion = "2.0";

  throttleRoutes(api.cdk.httpApi, settings);

  // The issuer is the API's own address, so the functions learn it last.
  for (const each of [authorizer, ...handlers.map(([, handler]) => handler)]) {
    each.addEnvironment("ISSUER", url);
  }

  stack.addOutputs({
    ApiUrl: url,
    JwksUrl: `${url}${routes.jwks.path}`,
    Issuer: url,
    Audience: app.name,
    AuthorizerArn: authorizer.functionArn,
    TableName: use(Storage).table.tableName,
    ...(api.cdk.domainName && { DomainTarget: api.cdk.domainName.regionalDomainName }),
  });

  return { api, authorizer, url };
}

/**
 * The gateway answers preflights and adds the headers, to its own 401s too. Those that a function sets it discards
 * (API Gateway guide, "Configure CORS for HTTP APIs").
 */
function corsFor(origins: readonly string[]): ApiCorsProps | false {
  if (origins.length === 0) return false;
  return {
    allowOrigins: [...origins],
    allowMethods: [...new Set(Object.values(routes).map((route) => route.method))],
    allowHeaders: ["authorization", "content-type", "idempotency-key"],
    exposeHeaders: ["retry-after"],
    allowCredentials: true,
    maxAge: "1 hour",
  };
}
