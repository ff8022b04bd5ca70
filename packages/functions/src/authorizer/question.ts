/** What API Gateway asks the authorizer, whichever of its event shapes it comes in. */
export interface Question {
  /** The ARN up to and including the stage, or undefined where the event names none that makes sense. */
  readonly stage: string | undefined;
  /** What stands for the caller: the Authorization header, or undefined where it is missing or ambiguous. */
  readonly credentials: string | undefined;
  /** The gateway's id of the request that is asked about; undefined where the event tells none. */
  readonly requestId: string | undefined;
}

/**
 * Reads a REST TOKEN, REST REQUEST, HTTP REQUEST 1.0 or HTTP REQUEST 2.0 event (API Gateway guide, "Input to an
 * API Gateway Lambda authorizer" and "Work with AWS Lambda authorizers for HTTP APIs"). Never throws.
 */
export function readQuestion(event: unknown): Question {
  const { type, authorizationToken, methodArn, routeArn, identitySource, requestContext } = asRecord(event);
  const stage = stageOf(routeArn ?? methodArn);
  const credentials =
    type === "TOKEN"
      ? asText(authorizationToken)
      : vouchedFor(headerOf(event, "authorization"), identitySource);
  return { stage, credentials, requestId: asText(asRecord(requestContext)["requestId"]) };
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

/**
 * A REST API keeps the case of header names and tells one value of each, all of them only in `multiValueHeaders`; an
 * HTTP API lowers the case and joins values by a comma. What was sent twice, in whatever spelling, is ambiguous.
 */
function headerOf(event: unknown, name: string): string | undefined {
  const { headers, multiValueHeaders } = asRecord(event);
  const values = valuesOf(headers, name);
  return values.length === 1 && valuesOf(multiValueHeaders, name).flat().length <= 1
    ? asText(values[0])
    : undefined;
}

/** What stands under a name in any spelling, as it stands there. */
function valuesOf(headers: unknown, name: string): unknown[] {
  const found = Object.entries(asRecord(headers)).filter(([key]) => key.toLowerCase() === name);
  return found.map(([, value]) => value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
