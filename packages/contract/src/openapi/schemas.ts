import { meanings, named, type SchemaName } from "./named.ts";
import type { Reference } from "./types.ts";

/** By what a schema says: a part of another one, made optional, is a copy and not the same object. */
const nameOf = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]));

/** A schema as it stands in the document: every part that has a name is a reference to it. */
export function refer(schema: object): object {
  const name = nameOf.get(JSON.stringify(schema));
  return name === undefined ? withinOf(schema) : reference(name as SchemaName);
}

export function reference(name: SchemaName): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

/** Every schema that has a name. */
export function schemaComponents(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [
      name,
      { description: meanings[name as SchemaName], ...withinOf(schema) },
    ]),
  );
}

/** What readers of OpenAPI know better than a pattern that every name fits. */
const anyName = "^.*$";

function withinOf(schema: object): object {
  const { patternProperties, ...rest } = schema as { patternProperties?: Readonly<Record<string, object>> };
  const ofAnyName = patternProperties?.[anyName];
  return Object.fromEntries(
    Object.entries({ ...rest, ...(ofAnyName && { additionalProperties: ofAnyName }) }).map(([key, value]) => [
      key,
      partOf(value),
    ]),
  );
}

function partOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partOf);
  return typeof value === "object" && value !== null ? refer(value) : value;
}
