import type { table as shape } from "@gatehouse/contract";

type Key = Readonly<Record<(typeof shape)["partitionKey"] | (typeof shape)["sortKey"], string>>;

/** A key of the table from an entity's templates, such as `user#${userId}`, as ElectroDB fills them without casing. */
export function keyFrom(templates: Key, values: Readonly<Record<string, string>>): Key {
  const fill = (template: string) =>
    template.replace(/\$\{(\w+)\}/g, (_, name: string) => String(values[name]));
  return { pk: fill(templates.pk), sk: fill(templates.sk) };
}
