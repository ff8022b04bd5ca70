import type { FieldError } from "@gatehouse/contract";

/** One complaint of a compiled validator (Ajv's error object). */
export interface Violation {
  /** A JSON pointer into the event: `/body/email`. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };
  readonly message: string;
}

/** More would only echo a hostile body back. */
const mostErrors = 20;

/** As much of a JSON schema as is looked at here. */
interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * One entry a field, with a pointer into the body (RFC 6901), or into the query as if it were one, and what their schema
 * says the field should be.
 */
export function fieldErrors(violations: readonly Violation[], schema: Schema = {}): FieldError[] {
  const byPointer = new Map(violations.map((violation) => [pointerTo(violation), violation]));
  return [...byPointer]
    .slice(0, mostErrors)
    .map(([pointer, violation]) => ({ pointer, message: messageOf(violation, describe(schema, pointer)) }));
}

function pointerTo({ instancePath, params }: Violation): string {
  const property = params.missingProperty ?? params.additionalProperty;
  const parent = instancePath.replace(/^\/(?:body|queryStringParameters)/, "");
  return property === undefined
    ? parent
    : `${parent}/${property.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function describe(whole: Schema, pointer: string): string | undefined {
  let schema: Schema | undefined = whole;
  for (const property of pointer.split("/").slice(1)) schema = schema?.properties?.[property];
  return schema?.description;
}

function messageOf({ keyword, message }: Violation, description: string | undefined): string {
  if (keyword === "required") return "is missing";
  if (keyword === "additionalProperties") return "is not a field of this request";
  return description === undefined ? message : `should be ${description}`;
}
