import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What the client promises to stay within, minified and compressed: 6 kB. */
export const limitBytes = 6144;

const entries = {
  createClient: 'export { createClient } from "./index.ts";',
  everything: 'export * from "./index.ts";',
};

/** How much a page loads for it: the one function, and all that the package exports to a page. */
export async function measureClient(): Promise<{ what: string; bytes: number }[]> {
  const sizes = Object.entries(entries).map(async ([what, contents]) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: join(import.meta.dirname, "../../packages/client/src"), loader: "ts" },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      write: false,
    });
    return { what, bytes: gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length };
  });
  return Promise.all(sizes);
}
