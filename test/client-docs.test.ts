/** What the client's documents show is code: every block of it compiles against today's client. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const documents = ["docs/client.md", "docs/quickstart-frontend.md", "packages/client/README.md"];

/** What a block may mention without showing it, and as much of other people's packages as the blocks use. */
const surroundings = `
declare const auth: import("@gatehouse/client").Client;
declare const email: string, password: string, headers: Headers;
declare function show(text: string): void;
declare module "react" {
  export function useSyncExternalStore<T>(
    subscribe: (onChange: () => void) => () => void,
    current: () => T,
    onServer?: () => T,
  ): T;
}
declare module "vue" {
  export function shallowRef<T>(value: T): { value: T };
}
declare module "svelte/store" {
  export function readable<T>(value: T, start: (set: (value: T) => void) => () => void): object;
}
declare module "*.css";
`;

interface Block {
  readonly from: string;
  readonly code: string;
}

const blocks: Block[] = documents.flatMap((document) =>
  [...readFileSync(join(root, document), "utf8").matchAll(/^```tsx?\n(.*?)^```$/gms)].map(
    ([, code = ""], index) => ({ from: `block ${index + 1} of ${document}`, code }),
  ),
);

let project: string;
let errors: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "gatehouse-docs-"));
  const sources = join(root, "packages/client/src");
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    module: "esnext",
    moduleResolution: "bundler",
    // As Vite's own template has it.
    moduleDetection: "force",
    noUnusedLocals: false,
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    paths: {
      "@gatehouse/client": [join(sources, "index.ts")],
      "@gatehouse/client/server": [join(sources, "server.ts")],
    },
  };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await writeFile(join(project, "surroundings.d.ts"), surroundings);
  for (const [index, { code }] of blocks.entries())
    await writeFile(
      join(project, `${index}.ts`),
      /^(?:import|export) /m.test(code) ? code : `${code}export {};\n`,
    );
  const tsc = join(root, "node_modules/.bin/tsc");
  errors = await promisify(execFile)(tsc, ["-p", "."], { cwd: project }).then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
});

afterAll(() => rm(project, { recursive: true }));

it("there are blocks to look at", () => {
  expect(blocks.length).toBeGreaterThan(15);
  expect(errors.split("\n").filter((line) => !/^(?:\d+\.ts\(| |$)/.test(line))).toEqual([]);
});

it.each(blocks.map((block, index) => ({ ...block, index })))("$from compiles", ({ index }) => {
  const own = errors.split("\n").filter((line) => line.startsWith(`${index}.ts(`));
  expect(own).toEqual([]);
});
