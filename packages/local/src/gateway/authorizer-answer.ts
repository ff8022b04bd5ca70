import type { AuthorizerContext } from "./event.ts";
import { isObject } from "./json.ts";
import { allows, parsePolicy } from "./policy.ts";

/** A well-formed answer: what is cached. Whether it lets a request through depends on the request's route. */
export interface AuthorizerAnswer {
  readonly context: AuthorizerContext["lambda"];
  allows(routeArn: string): boolean;
}

export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/**
 * Reads an authorizer's output. Throws `MalformedAnswer` or `MalformedPolicy`, saying what is wrong; a client
 * then gets a 500 (API Gateway developer guide, "Troubleshooting HTTP API Lambda authorizers").
 */
export function readAuthorizerAnswer(output: unknown, isSimple: boolean): AuthorizerAnswer {
  if (!isObject(output)) throw new MalformedAnswer("the authorizer's answer is not an object");
  const context = readContext(output["context"]);
  if (isSimple) {
    const { isAuthorized } = output;
    if (typeof isAuthorized !== "boolean") throw new MalformedAnswer("isAuthorized is not a boolean");
    return { context, allows: () => isAuthorized };
  }
  const { policyDocument, principalId } = output;
  if (typeof principalId !== "string" || principalId === "") {
    throw new MalformedAnswer("principalId is not a text of one character or more");
  }
  const policy = parsePolicy(policyDocument);
  return { context, allows: (arn) => allows(policy, arn) };
}

/**
 * Stricter than AWS on purpose: an HTTP API lets lists and maps through, a REST API refuses them, and an
 * authorizer that answers them cannot stand in front of both.
 */
function readContext(context: unknown): AuthorizerContext["lambda"] {
  if (context === undefined || context === null) return null;
  if (!isObject(context)) throw new MalformedAnswer("context is not an object");
  const values = Object.entries(context).map(([key, value]) => {
    if (!isPrimitive(value)) {
      throw new MalformedAnswer(`context.${key} is neither text, a finite number nor a boolean`);
    }
    return [key, value] as const;
  });
  return Object.fromEntries(values);
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
