import type { NodeJSProps } from "sst/constructs";
import { builtIns } from "./built-ins.ts";
import { replacing } from "./replacements.ts";

/**
 * How the functions are bundled, for a stage, the tests and the bench alike (docs/decisions/0026). SST adds the banner that
 * gives `require` to the CommonJS packages inside.
 */
export const bundle = {
  format: "esm",
  minify: true,
  // SST keeps the names of functions, so a stack trace can be read without a map. By default it would upload the
  // maps, which carry our source, and let a function of its own read them.
  sourcemap: false,
  esbuild: { target: "node24", legalComments: "none", plugins: [builtIns, replacing] },
} as const satisfies NodeJSProps;
