import type { table as shape } from "@gatehouse/contract";

type Key = Readonly<Record<(typeof shape)["partitionKey"] | (typeof shape)["sortKey"], string>>;

/** Makes keys of the table from an entity's templates, such as `user#${userId}`, as ElectroDB fills them without casing. */
export function keysFrom({ pk, sk }: Key): (values: Readonly<Record<string, string>>) => Key {
  const [fillPk, fillSk] = [filling(pk), filling(sk)];
  return (values) => ({ pk: fillPk(values), sk: fillSk(values) });
}

function filling(template: string): (values: Readonly<Record<string, string>>) => string {
  // Between two texts stands a name.
  const parts = template.split(/\$\{(\w+)\}/);
  return (values) => parts.map((part, index) => (index % 2 === 0 ? part : values[part])).join("");
}
