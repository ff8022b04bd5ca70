/** What API Gateway asks the authorizer, whichever of its event shapes it comes in. */
export interface Question {
  /** The ARN up to and including the stage, or undefined where the event names none that makes sense. */
  readonly stage: string | undefined;
  /** What stands for the caller: the Authorization header, or undefined where it is missing or ambiguous. */
  readonly credentials: string | undefined;
}

/**
 * Reads a REST TOKEN, REST REQUEST, HTTP REQUEST 1.0 or HTTP REQUEST 2.0 event (API Gateway guide, "Input to an
 * API Gateway Lambda authorizer" and "Work with AWS Lambda authorizers for HTTP APIs"). Never throws.
 */
export function readQuestion(event: unknown): Question {
  const { type, authorizationToken, methodArn, routeArn, headers, identitySource } = asRecord(event);
  const stage = stageOf(routeArn ?? methodArn);
  const credentials =
    type === "TOKEN"
      ? asText(authorizationToken)
      : vouchedFor(headerOf(headers, "authorization"), identitySource);
  return { stage, credentials };
}

/**
 * The stage may be `$default`; a path may hold colons and slashes, so only the front of the ARN is read. A
 * wildcard in it would widen the policy, and is refused.
 */
function stageOf(arn: unknown): string | undefined {
  return /^(arn:aws[\w-]*:execute-api:[\w-]+:\d+:[\w-]+\/[\w$.-]+)\//.exec(asText(arn) ?? "")?.[1];
}

/**
 * The header, if it is what the gateway keeps the answer by. A token read from elsewhere than the identity source
 * would be answered once and then serve every caller with the same identity source.
 */
function vouchedFor(header: string | undefined, identitySource: unknown): string | undefined {
  if (identitySource === undefined || identitySource === null) return header;
  const sources: unknown[] = Array.isArray(identitySource) ? identitySource : [identitySource];
  if (header === undefined) return sources.length === 1 ? asText(sources[0]) : undefined;
  return sources.includes(header) ? header : undefined;
}

/** A REST API keeps the case of header names, an HTTP API lowers it. Two spellings at once are ambiguous. */
function headerOf(headers: unknown, name: string): string | undefined {
  const found = Object.entries(asRecord(headers)).filter(([key]) => key.toLowerCase() === name);
  return found.length === 1 ? asText(found[0]?.[1]) : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
