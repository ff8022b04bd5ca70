import { hasScope, routes } from "@gatehouse/contract";
import type { PolicyDocument, Statement } from "aws-lambda";

/** A scope no log-in grants: it opens what lies under `/admin` of an API that uses this authorizer. */
const adminScope = "admin";

/**
 * What a token of this scope may call in one stage of one API: everything, less the routes of the contract that
 * need a scope it lacks, less `/admin`. Never the one route that was asked for: API Gateway keeps the answer for
 * every route the token is used on (guide, "Output from an API Gateway Lambda authorizer").
 *
 * @param stage the ARN up to and including the stage: `arn:aws:execute-api:<region>:<account>:<api>/<stage>`.
 */
export function allow(stage: string, scope: string): PolicyDocument {
  const denied = [
    ...routesBeyond(scope),
    ...(scope.split(" ").includes(adminScope) ? [] : ["*/admin", "*/admin/*"]),
  ];
  return policy(
    statement("Allow", [`${stage}/*/*`]),
    ...(denied.length > 0
      ? [
          statement(
            "Deny",
            denied.map((route) => `${stage}/${route}`),
          ),
        ]
      : []),
  );
}

/** Nothing at all, in one stage or, where the question named none, anywhere. */
export function denyAll(stage: string | undefined): PolicyDocument {
  return policy(statement("Deny", [stage === undefined ? "*" : `${stage}/*/*`]));
}

/** As a policy writes a route: `DELETE/me/sessions/*`. */
function routesBeyond(scope: string): string[] {
  return Object.values(routes)
    .filter((route) => route.authorizer === "token" && !hasScope(scope, route.scope))
    .map(({ method, path }) => method + path.replace(/\{[^}]+\}/g, "*"));
}

function policy(...statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function statement(effect: "Allow" | "Deny", resources: string[]): Statement {
  return { Action: "execute-api:Invoke", Effect: effect, Resource: resources };
}
