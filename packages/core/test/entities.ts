import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Entity } from "electrodb";

/** As much of an entity as a test over all of them needs. */
export interface AnyEntity {
  readonly schema: { readonly attributes: Readonly<Record<string, unknown>> };
  readonly model: { readonly entity: string };
}

const source = join(import.meta.dirname, "../src");

/** Every entity of the table, found by its file: nobody has to remember to name a new one here. */
export async function entities(): Promise<readonly AnyEntity[]> {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const modules: readonly object[] = await Promise.all(
    files.filter((file) => file.endsWith(".entity.ts")).map((file) => import(join(source, file))),
  );
  const found = modules.map((module) => Object.values(module).filter((each) => each instanceof Entity));
  const empty = found.findIndex((each) => each.length === 0);
  if (empty !== -1) throw new Error(`entity file number ${empty} exports no entity`);
  return found.flat() as unknown as AnyEntity[];
}
