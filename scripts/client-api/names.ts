/** What the contract calls its schemas, and what it says of them. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as contract from "@gatehouse/contract";

export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const nameOf = new Map(Object.entries<unknown>(contract).map(([name, value]) => [value, name]));

/** Lists of the contract that have a type of their own. */
const lists = { EventType: contract.eventTypes, EventActor: contract.eventActors };

/** The name under which the contract exports this very schema. */
export function schemaName(schema: Schema): string | undefined {
  const list = Object.entries(lists).find(([, values]) => schema.enum?.join() === values.join());
  return list?.[0] ?? nameOf.get(schema);
}

/** The comment above an export stands in no schema, so it is read from the source. */
const folder = join(import.meta.dirname, "../../packages/contract/src/schemas");
const comments = new Map<string, string>();
for (const file of globSync("*.ts", { cwd: folder })) {
  const source = readFileSync(join(folder, file), "utf8");
  for (const [, text = "", name = ""] of source.matchAll(
    /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+) =/gm,
  ))
    comments.set(name, text.replaceAll(/\s*\n \*\s?/g, " ").trim());
}

/** What the contract says of a schema, where it says something. */
export function schemaComment(name: string): string | undefined {
  const list = nameOf.get(lists[name as keyof typeof lists]);
  return comments.get(list ?? name);
}
