/** Holds every answer that a test sees to the OpenAPI document: its status, its headers, its type and its body. */
import { type Operation, openApiDocument, type Reference, type Response } from "@gatehouse/contract/openapi";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";

/** A route as a handler or the document names it. */
export interface Place {
  readonly method: string;
  /** With its variables: `/me/sessions/{sessionId}`. */
  readonly path: string;
}

export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Parsed, or undefined where there is none. */
  readonly body: unknown;
}

/** Whoever answers one of these says so in the document. */
const telling = ["retry-after", "www-authenticate", "set-cookie"];

/**
 * Fails where the document does not have the answer: for this route, this status, this type, and a body of these fields
 * and no other.
 */
export function expectDocumented(place: Place, { status, headers, cookies, body }: Answered): void {
  const asked = `${place.method} ${place.path} answers ${status}`;
  const declared = operationAt(place)?.responses[status];
  if (!declared) throw new Error(`${asked}, which the document does not have`);
  const [pointer, { content = {}, headers: told = {} }] = locate(place, status, declared);

  const all: Answered["headers"] = {
    ...headers,
    ...(cookies.length > 0 && { "set-cookie": cookies.join() }),
  };
  const names = Object.fromEntries(Object.keys(told).map((name) => [name.toLowerCase(), name]));
  const untold = telling.filter((name) => all[name] !== undefined && names[name] === undefined);
  expect([asked, untold]).toEqual([asked, []]);
  for (const [lower, name] of Object.entries(names)) {
    const value = all[lower];
    if (value !== undefined) expectFit(`${asked} with ${name}`, `${pointer}/headers/${name}/schema`, value);
    // The gateway's own answers have none of them.
    else if (told[name]?.required) throw new Error(`${asked} without ${name}`);
  }

  const type = headers["content-type"]?.split(";")[0] ?? "no type";
  if (body === undefined) expect([asked, Object.keys(content)]).toEqual([asked, []]);
  else if (!content[type]) throw new Error(`${asked} with ${type}, which the document does not have`);
  else expectFit(asked, `${pointer}/content/${type.replaceAll("/", "~1")}/schema`, body);
}

/** Whether the document has this route. It does not have those that a test makes up. */
export function isDocumented(place: Place): boolean {
  return operationAt(place) !== undefined;
}

function operationAt({ method, path }: Place): Operation | undefined {
  return theDocument().paths[path]?.[method.toLowerCase()];
}

/** The route that a request goes to, its variables filled in. A literal path wins over one with variables. */
export function placeOf(method: string, target: string): Place | undefined {
  const path = target.split("?")[0] ?? target;
  const paths = Object.keys(theDocument().paths).toSorted((one) => (one.includes("{") ? 1 : -1));
  const found = paths.find(
    (each) =>
      isDocumented({ method, path: each }) && new RegExp(`^${each.replace(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  return found === undefined ? undefined : { method, path: found };
}

type OpenApiDocument = ReturnType<typeof openApiDocument>;
let made: OpenApiDocument | undefined;

/** Made, and a schema compiled, when a test first needs it. */
function theDocument(): OpenApiDocument {
  made ??= openApiDocument("https://auth.example.com");
  return made;
}

function locate({ method, path }: Place, status: number, declared: Response | Reference): [string, Response] {
  if (!("$ref" in declared)) {
    const escaped = path.replaceAll("/", "~1");
    return [`#/paths/${escaped}/${method.toLowerCase()}/responses/${status}`, declared];
  }
  const name = declared.$ref.split("/").at(-1) ?? "";
  const response = theDocument().components.responses[name];
  if (!response) throw new Error(`the document has no ${declared.$ref}`);
  return [declared.$ref, response];
}

const validators = new Map<string, ValidateFunction>();
let ajv: Ajv2020 | undefined;

function expectFit(what: string, pointer: string, value: unknown): void {
  const isFit = validators.get(pointer) ?? compile(pointer);
  if (!isFit(value)) expect([what, value, isFit.errors]).toEqual([what, value, []]);
}

function compile(pointer: string): ValidateFunction {
  ajv ??= strictly(theDocument());
  const validate = ajv.getSchema(`document${encodeURI(pointer)}`);
  if (!validate) throw new Error(`the document has no schema at ${pointer}`);
  validators.set(pointer, validate);
  return validate;
}

/** With a copy of the document in which every object has the fields that are described and no other. */
function strictly(document: OpenApiDocument): Ajv2020 {
  const closed = JSON.parse(JSON.stringify(document), (_, part) =>
    typeof part?.properties === "object" ? { ...part, unevaluatedProperties: false } : part,
  );
  const strict = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  strict.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return strict.addSchema(closed, "document");
}
