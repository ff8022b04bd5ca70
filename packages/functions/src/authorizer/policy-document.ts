import { type Route, routes } from "@gatehouse/contract";
import type { PolicyDocument, Statement } from "aws-lambda";

/** A scope no log-in grants: it opens what lies under `/admin` of an API that uses this authorizer. */
const adminScope = "admin";

/** What needs a scope, as a policy writes it: `DELETE/me/sessions/*`. */
const guarded: readonly { readonly needed: string; readonly route: string }[] = [
  ...Object.values<Route>(routes).flatMap(({ authorizer, scope, method, path }) =>
    authorizer === "token" ? [{ needed: scope, route: method + path.replace(/\{[^}]+\}/g, "*") }] : [],
  ),
  { needed: adminScope, route: "*/admin" },
  { needed: adminScope, route: "*/admin/*" },
];

/**
 * What a token of this scope may call in one stage of one API: everything, less the routes of the contract that
 * need a scope it lacks, less `/admin`. Never the one route that was asked for: API Gateway keeps the answer for
 * every route the token is used on (guide, "Output from an API Gateway Lambda authorizer").
 *
 * @param stage the ARN up to and including the stage: `arn:aws:execute-api:<region>:<account>:<api>/<stage>`.
 */
export function allow(stage: string, scope: string): PolicyDocument {
  const granted = scope.split(" ");
  const denied = guarded.filter(({ needed }) => !granted.includes(needed)).map(({ route }) => route);
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

function policy(...statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function statement(effect: "Allow" | "Deny", resources: string[]): Statement {
  return { Action: "execute-api:Invoke", Effect: effect, Resource: resources };
}
