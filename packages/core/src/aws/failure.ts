import type { WireAnswer } from "./wire.ts";

/** What the SDK adds to each error and output. */
export interface Metadata {
  httpStatusCode?: number;
  requestId?: string | undefined;
  attempts?: number;
  totalRetryDelay?: number;
  /** The request was signed by a clock that was wrong, and is now right. */
  clockSkewCorrected?: boolean;
}

/** An error as the SDK throws it, whatever it came from. */
export interface Failure extends Error {
  code?: string;
  $fault?: "client" | "server";
  $metadata?: Metadata;
  /** When it is worth another try, in milliseconds since 1970, where the service says so. */
  comeBackAt?: number;
}

interface Refusal {
  readonly __type?: unknown;
  readonly message?: string;
  readonly Message?: string;
}

export function metadataOf({ statusCode, headers }: WireAnswer): Metadata {
  return { httpStatusCode: statusCode, requestId: headers["x-amzn-requestid"] };
}

/** The error that an answer of another status than 2xx is (Smithy, "AWS JSON 1.0 protocol", "Operation error serialization"). */
export function failureOf(answer: WireAnswer, text: string): Failure {
  const { Message, message, ...rest } = readObject(text) as Refusal;
  const name = nameOf(rest, answer);
  return Object.assign(new Error(message || Message || "UnknownError"), rest, {
    name,
    $fault: isOurs(name, answer) ? ("client" as const) : ("server" as const),
    $metadata: metadataOf(answer),
  });
}

/** A document that is none throws a SyntaxError, as reading an answer does. */
export function readObject(text: string): object {
  const document: unknown = text === "" ? {} : JSON.parse(text);
  return typeof document === "object" && document !== null ? document : {};
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException` is a ThrottlingException. */
function nameOf(refusal: Refusal & { readonly code?: unknown }, { headers }: WireAnswer): string {
  const given = String(refusal.__type ?? refusal.code ?? headers["x-amzn-errortype"] ?? "Unknown");
  const [word = ""] = given.split(/[,:]/);
  return word.slice(word.indexOf("#") + 1);
}

/** DynamoDB's model says of its own errors whose fault they are; of any other the status does. */
function isOurs(name: string, { statusCode }: WireAnswer): boolean {
  return name !== "InternalServerError" && (statusCode < 500 || modelled.has(name));
}

const modelled = new Set([
  "ConditionalCheckFailedException",
  "IdempotentParameterMismatchException",
  "ItemCollectionSizeLimitExceededException",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "ReplicatedWriteConflictException",
  "RequestLimitExceeded",
  "ResourceInUseException",
  "ResourceNotFoundException",
  "ThrottlingException",
  "TransactionCanceledException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/** `Retry-After`, or AWS's own word for it. */
export function comeBackAt({ headers }: WireAnswer): number | undefined {
  const { "retry-after": after = "", "x-amz-retry-after": milliseconds = "none" } = headers;
  const seconds = /^\d+(?:\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  const wait = [seconds, Number(milliseconds)].find((each) => !Number.isNaN(each));
  return wait === undefined ? undefined : Date.now() + wait;
}
