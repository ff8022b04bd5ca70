/** A schema as a type of TypeScript: the few kinds that the contract has. Any other is an error, never a guess. */
import { type Route, routes } from "@gatehouse/contract";
import { type Schema, schemaName } from "./names.ts";

const queries = new Set<unknown>(Object.values<Route>(routes).map(({ query }) => query));

/** Told of each schema that is mentioned by its name, which then needs a declaration. */
export type Mention = (name: string, schema: Schema) => void;

/** The type, by its name where it has one. */
export function typeOf(schema: Schema, mention: Mention): string {
  const name = schemaName(schema);
  if (name === undefined) return typeWritten(schema, mention);
  mention(name, schema);
  return name;
}

/** The type, written out. */
export function typeWritten(schema: Schema, mention: Mention): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, mention)).join(" | ");
  if (schema.items) {
    const item = typeOf(schema.items, mention);
    return `readonly ${item.includes(" | ") ? `(${item})` : item}[]`;
  }
  if (schema.patternProperties) {
    const values = Object.values(schema.patternProperties).map((one) => typeOf(one, mention));
    return `Readonly<Record<string, ${values.join(" | ")}>>`;
  }
  if (schema.properties) return `{ ${fieldsOf(schema, mention).map(writeField).join("; ")} }`;
  if (schema.type === undefined) return "unknown";
  const type = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" }[
    schema.type
  ];
  if (type === undefined) throw new Error(`No type for the schema ${JSON.stringify(schema)}`);
  return type;
}

/** One field of an object, and what is to say of it. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly comment: string;
}

export function fieldsOf(schema: Schema, mention: Mention): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    optional: !schema.required?.includes(name),
    // Everything in a query is a text, and a number is written as one.
    type: queries.has(schema) ? "number | string" : typeOf(field, mention),
    comment: commentOf(field),
  }));
}

export function writeField({ name, optional, type }: Field): string {
  return `readonly ${name}${optional ? "?" : ""}: ${type}`;
}

function commentOf({ description, format }: Schema): string {
  const said = description ? `${description.charAt(0).toUpperCase()}${description.slice(1)}.` : "";
  return format === "date-time" ? `${said} RFC 3339, in UTC.`.trim() : said;
}
