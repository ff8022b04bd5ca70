import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Manifest, publishedManifest } from "./manifest.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const client = join(root, "packages/client");

/** The published folder of the client, whole: compiled files, declarations, manifest, licence and README. */
export async function buildClient(folder: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(join(root, "node_modules/.bin/tsc"), [
    "-p",
    join(client, "tsconfig.build.json"),
    "--outDir",
    folder,
  ]).catch((error: { stdout: string }) => {
    throw new Error(`The client does not compile:\n${error.stdout}`);
  });
  await renameImports(folder);
  const source = JSON.parse(await readFile(join(client, "package.json"), "utf8")) as Manifest;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env;
  const manifest = publishedManifest(source, server && name ? { server, name } : undefined);
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  await copyFile(join(client, "README.md"), join(folder, "README.md"));
}

/** tsc rewrites the endings of imports in what runs, and leaves those in declarations, which older compilers refuse. */
async function renameImports(folder: string): Promise<void> {
  for (const file of globSync("**/*.d.ts", { cwd: folder })) {
    const path = join(folder, file);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replaceAll(/((?:from |import\()"\.{1,2}\/[^"]+)\.ts"/g, '$1.js"'));
  }
}

/** Packs a built folder as npm does for the registry, and answers the path of the archive. */
export async function packClient(folder: string, into: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", folder, "--pack-destination", into, "--json"], {
    shell: process.platform === "win32",
  });
  const [packed] = JSON.parse(stdout) as [{ filename: string }];
  return join(into, packed.filename);
}
