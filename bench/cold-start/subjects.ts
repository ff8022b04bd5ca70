import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventOf } from "../../packages/functions/test/event.ts";
import { builtIns } from "../../stacks/bundle/built-ins.ts";
import { bundleFunction } from "../../stacks/bundle/bundle-function.ts";
import type { Plugin } from "../../stacks/bundle/plugin.ts";
import { replacements, replacing, sdkClient } from "../../stacks/bundle/replacements.ts";
import { cheapHashes } from "./cheap-hashes.ts";
import { email, password } from "./log-in.ts";

/** A module that is loaded in a fresh process. */
export interface Subject {
  readonly name: string;
  readonly file: string;
  /** The file of an event that it answers before it counts as started. */
  readonly event?: string;
  /** The name of what it is told in times of; without one of itself. */
  readonly base?: string;
}

export interface Subjects extends Disposable {
  readonly all: readonly Subject[];
  /** Registers the person who logs in. */
  readonly person: Subject;
}

const handlers = ["authorizer", "login", "me"] as const;

/** What a deploy does to a bundle, by name. */
const measures: Readonly<Record<string, Plugin>> = {
  "built-ins": builtIns,
  ...Object.fromEntries(
    Object.entries({ ...replacements, "the slim client": sdkClient }).map(([name, each]) => [
      name,
      replacing([each]),
    ]),
  ),
};

/** @param each whether the log-in is also bundled without each of the measures. */
export async function bundleSubjects({ each }: { readonly each: boolean }): Promise<Subjects> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-cold-start-"));
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const bundled = async (source: string, plugins: readonly Plugin[]) =>
    write(`${randomUUID()}.mjs`, (await bundleFunction(source, [...plugins, cheapHashes])).code);
  const event = write(
    "event.json",
    JSON.stringify(eventOf({ method: "POST", path: "/login", body: { email, password } })),
  );

  const all: Subject[] = [
    { name: "an empty handler", file: write("empty.mjs", "export const handler = async () => ({});") },
    {
      name: "node:crypto alone",
      file: write("crypto.mjs", `import "node:crypto"; export const handler = 0;`),
    },
  ];
  const add = async (what: string, handler: string, plugins: readonly Plugin[], base?: string) => {
    const file = await bundled(`packages/functions/src/${handler}.ts`, plugins);
    const answered = handler === "login" ? { event } : {};
    all.push({ name: `${handler}, ${what}`, file, ...answered, ...(base && { base }) });
  };
  for (const handler of handlers) {
    await add("bundled the usual way", handler, []);
    await add("as it is deployed", handler, Object.values(measures), `${handler}, bundled the usual way`);
  }
  for (const without of each ? Object.keys(measures) : []) {
    const others = Object.entries(measures).filter(([name]) => name !== without);
    await add(
      `without ${without}`,
      "login",
      others.map(([, plugin]) => plugin),
      "login, as it is deployed",
    );
  }
  const person = { name: "person", file: await bundled("bench/cold-start/person.ts", []), event };
  return { all, person, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
