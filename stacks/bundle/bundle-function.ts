import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { NodeJSProps } from "sst/constructs";
import { bundle, plugins as deployed } from "./index.ts";
import type { Plugin } from "./plugin.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** A bundle, and what it is made of. */
export interface Bundled {
  readonly code: string;
  /** Bytes of each file that is in it, by its path. A built-in is none. */
  readonly files: ReadonlyMap<string, number>;
}

/** As much of esbuild as is asked for here. */
interface Esbuild {
  build(options: NonNullable<NodeJSProps["esbuild"]> & { readonly write: false }): Promise<{
    readonly outputFiles: readonly { readonly text: string }[];
    readonly metafile: {
      readonly outputs: Readonly<
        Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
      >;
    };
  }>;
}

const ordinary = { functionSettings: {} };

/** SST's own. */
const esbuild = createRequire(import.meta.resolve("sst"))("esbuild") as Esbuild;

/**
 * Bundles a file as SST 2.49.8 does a handler, by the esbuild that it brings along.
 *
 * @param plugins in place of those of an ordinary stage: what a bench compares with.
 */
export async function bundleFunction(
  file: string,
  plugins: readonly Plugin[] = deployed(ordinary),
): Promise<Bundled> {
  const { esbuild: options, format, minify } = bundle(ordinary);
  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    plugins: [...plugins],
    absWorkingDir: project,
    bundle: true,
    entryPoints: [file],
    external: ["sharp", "pg-native"],
    format,
    keepNames: true,
    logLevel: "silent",
    mainFields: ["module", "main"],
    metafile: true,
    minify,
    outfile: "bundle.mjs",
    platform: "node",
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
    /^(?:imported|required|replaced-\d+|route-table|own-validator):/.test(path) || bytesInOutput === 0
      ? []
      : [[path, bytesInOutput] as const],
  );
  return { code: outputFiles[0]?.text ?? "", files: new Map(files) };
}
