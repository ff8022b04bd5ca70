/** Holds answers to an OpenAPI document: their status, their headers, their type and their body. */
import type { Operation, openApiDocument, Reference, Response } from "@gatehouse/contract/openapi";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

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

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

export interface AnswerCheck {
  /**
   * Throws where the document does not have the answer: for this route, this status, this type, and a body of these
   * fields and no other.
   */
  expectDocumented(place: Place, answered: Answered): void;
  isDocumented(place: Place): boolean;
  /** The route that a request goes to, its variables filled in. A literal path wins over one with variables. */
  placeOf(method: string, target: string): Place | undefined;
}

/** Whoever answers one of these says so in the document. */
const telling = ["retry-after", "www-authenticate", "set-cookie"];

export function createAnswerCheck(document: OpenApiDocument): AnswerCheck {
  const fits = createFits(document);
  const operationAt = ({ method, path }: Place): Operation | undefined =>
    document.paths[path]?.[method.toLowerCase()];
  const isDocumented = (place: Place) => operationAt(place) !== undefined;
  // Literal paths first.
  const paths = Object.keys(document.paths).toSorted((one) => (one.includes("{") ? 1 : -1));

  return {
    isDocumented,

    placeOf(method, target) {
      const path = target.split("?")[0] ?? target;
      const found = paths.find(
        (each) =>
          isDocumented({ method, path: each }) &&
          new RegExp(`^${each.replace(/\{\w+\}/g, "[^/]+")}$`).test(path),
      );
      return found === undefined ? undefined : { method, path: found };
    },

    expectDocumented(place, { status, headers, cookies, body }) {
      const asked = `${place.method} ${place.path} answers ${status}`;
      const declared = operationAt(place)?.responses[status];
      if (!declared) throw new Error(`${asked}, which the document does not have`);
      const [pointer, { content = {}, headers: told = {} }] = locate(document, place, status, declared);

      const all = { ...headers, ...(cookies.length > 0 && { "set-cookie": cookies.join() }) };
      const names = Object.fromEntries(Object.keys(told).map((name) => [name.toLowerCase(), name]));
      const untold = telling.filter((name) => name in all && names[name] === undefined);
      if (untold.length > 0) throw new Error(`${asked} with ${untold}, which the document does not have`);
      for (const [lower, name] of Object.entries(names)) {
        const value = (all as Answered["headers"])[lower];
        if (value !== undefined) fits(`${asked} with ${name}`, `${pointer}/headers/${name}/schema`, value);
        // The gateway's own answers have none of them.
        else if (told[name]?.required) throw new Error(`${asked} without ${name}`);
      }

      const type = headers["content-type"]?.split(";")[0] ?? "no type";
      const types = Object.keys(content);
      if (body === undefined && types.length > 0) throw new Error(`${asked} without a body of ${types}`);
      if (body === undefined) return;
      if (!content[type]) throw new Error(`${asked} with ${type}, which the document does not have`);
      fits(asked, `${pointer}/content/${type.replaceAll("/", "~1")}/schema`, body);
    },
  };
}

function locate(
  { components }: OpenApiDocument,
  { method, path }: Place,
  status: number,
  declared: Response | Reference,
): [string, Response] {
  if (!("$ref" in declared)) {
    const escaped = path.replaceAll("/", "~1");
    return [`#/paths/${escaped}/${method.toLowerCase()}/responses/${status}`, declared];
  }
  const response = components.responses[declared.$ref.split("/").at(-1) ?? ""];
  if (!response) throw new Error(`the document has no ${declared.$ref}`);
  return [declared.$ref, response];
}

/** A schema is compiled when something is first held to it. */
function createFits(document: OpenApiDocument) {
  const validators = new Map<string, ValidateFunction>();
  let ajv: Ajv2020 | undefined;
  const compile = (pointer: string) => {
    ajv ??= strictly(document);
    const validate = ajv.getSchema(`document${encodeURI(pointer)}`);
    if (!validate) throw new Error(`the document has no schema at ${pointer}`);
    validators.set(pointer, validate);
    return validate;
  };
  return (what: string, pointer: string, value: unknown): void => {
    const isFit = validators.get(pointer) ?? compile(pointer);
    if (isFit(value)) return;
    const faults = isFit.errors?.map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(" "),
    );
    throw new Error(`${what}, and the document has it otherwise: ${faults?.join("; ")}`);
  };
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
