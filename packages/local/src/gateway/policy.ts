import { matchesGlob } from "./glob.ts";
import { isObject } from "./json.ts";

/** A checked policy: every statement names its actions and its resources, or what they are not. */
export interface Policy {
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: Selection;
  readonly resources: Selection;
  /** It depends on something that is not known here: a `Condition`, or a policy variable in a resource. */
  readonly isConditional: boolean;
}

/** `except` turns it round: `NotAction`, `NotResource`. */
interface Selection {
  readonly patterns: readonly string[];
  readonly except: boolean;
}

export class MalformedPolicy extends Error {
  override readonly name = "MalformedPolicy";
}

const ACTION = "execute-api:invoke";

/** API Gateway developer guide, "Output from a Lambda authorizer". */
const LONGEST_RESOURCE = 512;

/** Reads a policy document as an authorizer answers it. Throws `MalformedPolicy`, saying what is wrong. */
export function parsePolicy(document: unknown): Policy {
  if (!isObject(document)) throw new MalformedPolicy("policyDocument is not an object");
  const { Version, Statement } = document;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw new MalformedPolicy("Version is neither 2012-10-17 nor 2008-10-17");
  }
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (statements.length === 0) throw new MalformedPolicy("Statement is empty");
  return { statements: statements.map(parseStatement) };
}

/**
 * Whether the policy lets its holder invoke the route with this ARN: an Allow that applies and no Deny that
 * does (IAM guide, "Policy evaluation logic"). A statement that depends on a condition fails closed, as the
 * gateway evaluates none: its Allow never counts and its Deny always does.
 */
export function allows(policy: Policy, arn: string): boolean {
  let isAllowed = false;
  for (const statement of policy.statements) {
    if (!selects(statement.actions, ACTION)) continue;
    if (statement.effect === "Deny" && (statement.isConditional || selects(statement.resources, arn))) {
      return false;
    }
    if (statement.effect === "Allow" && !statement.isConditional && selects(statement.resources, arn)) {
      isAllowed = true;
    }
  }
  return isAllowed;
}

function selects({ patterns, except }: Selection, value: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, value)) !== except;
}

function parseStatement(statement: unknown): Statement {
  if (!isObject(statement)) throw new MalformedPolicy("a statement is not an object");
  const { Effect, Condition } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw new MalformedPolicy("Effect is neither Allow nor Deny");
  const actions = parseSelection(statement, "Action");
  const resources = parseSelection(statement, "Resource");
  if (resources.patterns.some((resource) => resource.length > LONGEST_RESOURCE)) {
    throw new MalformedPolicy(`a Resource is longer than ${LONGEST_RESOURCE} characters`);
  }
  return {
    effect: Effect,
    // Actions are compared without case, resources with it (IAM guide, "IAM JSON policy elements").
    actions: { ...actions, patterns: actions.patterns.map((action) => action.toLowerCase()) },
    resources,
    isConditional: Condition !== undefined || resources.patterns.some((resource) => resource.includes("${")),
  };
}

function parseSelection(statement: Record<string, unknown>, name: "Action" | "Resource"): Selection {
  const { [name]: included, [`Not${name}`]: excluded } = statement;
  if ((included === undefined) === (excluded === undefined)) {
    throw new MalformedPolicy(`a statement needs one of ${name} and Not${name}`);
  }
  const except = included === undefined;
  const given = except ? excluded : included;
  const patterns = Array.isArray(given) ? given : [given];
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === "string" && pattern !== "")) {
    throw new MalformedPolicy(`${except ? "Not" : ""}${name} is not a string or a list of strings`);
  }
  return { patterns, except };
}
