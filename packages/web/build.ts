import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Where this package is, and where builds may be kept: `dist` is in no repository. */
export const pagesRoot = import.meta.dirname;

/** What a build is made of, relative to this package. The client is part of it. */
const sources = ["index.html", ".env", "package.json", "vite.config.ts", "src", "../client/src"];

/** A name for what the sources hold now: another one after every change. */
export async function sourcesDigest(): Promise<string> {
  const files = (await Promise.all(sources.map(filesOf))).flat().filter((file) => !file.includes(".test."));
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\0`).update(await readFile(join(pagesRoot, file)));
  return hash.digest("hex").slice(0, 16);
}

/**
 * Builds the pages into an empty or a new folder. In a process of its own, because Vite sets NODE_ENV of the one it
 * runs in, and with the settings of `.env`, whatever this process is told.
 *
 * @throws Error with what Vite said.
 */
export async function buildPages(folder: string): Promise<void> {
  const vite = join(dirname(fileURLToPath(import.meta.resolve("vite/package.json"))), "bin/vite.js");
  const args = [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"];
  const env = { PATH: process.env["PATH"], NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, args, { cwd: pagesRoot, env });
}

async function filesOf(source: string): Promise<string[]> {
  const entries = await readdir(join(pagesRoot, source), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return undefined;
      throw error;
    },
  );
  if (!entries) return [source];
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(pagesRoot, join(entry.parentPath, entry.name)));
}
