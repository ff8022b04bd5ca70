import { entities } from "./entities.ts";

/** What the items of one entity look like. */
export interface ItemShape {
  /** ElectroDB's version of the model, which it writes into every item. */
  readonly version: string;
  /** How its keys are made. */
  readonly keys: Readonly<Record<string, string>>;
  /** The type of each attribute, with a question mark where an item may lack it. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The words that an attribute may hold, where it holds one of several. */
  readonly words: Readonly<Record<string, string>>;
}

/** As much of an ElectroDB schema as is told. */
interface Schema {
  readonly model: { readonly version: string };
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly indexes: Readonly<Record<string, { readonly pk: Key; readonly sk: Key }>>;
}

interface Attribute {
  readonly type: string | readonly string[];
  readonly required?: boolean;
  readonly items?: { readonly type: string };
}

interface Key {
  readonly field: string;
  readonly template: string;
}

/** The shape of every entity there is today, by its name. */
export async function itemShapes(): Promise<Readonly<Record<string, ItemShape>>> {
  const shapes = (await entities()).map(({ model, schema }) => [
    model.entity,
    shapeOf(schema as unknown as Schema),
  ]);
  return Object.fromEntries(shapes.toSorted());
}

function shapeOf({ model, attributes, indexes }: Schema): ItemShape {
  const keys = Object.values(indexes).flatMap(({ pk, sk }) => [pk, sk]);
  const all = Object.entries(attributes);
  return {
    version: model.version,
    keys: Object.fromEntries(keys.map(({ field, template }) => [field, template])),
    attributes: Object.fromEntries(all.map(([name, attribute]) => [name, typeOf(attribute)])),
    words: Object.fromEntries(
      all.flatMap(([name, { type }]) => (typeof type === "string" ? [] : [[name, type.join(" ")]])),
    ),
  };
}

function typeOf({ type, items, required = false }: Attribute): string {
  const name = typeof type === "string" ? type : "word";
  return `${name}${items ? ` of ${items.type}` : ""}${required ? "" : "?"}`;
}
