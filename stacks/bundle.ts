import type { NodeJSProps } from "sst/constructs";

/** How the functions are bundled. SST adds the banner that gives `require` to the CommonJS packages inside. */
export const bundle: NodeJSProps = {
  format: "esm",
  minify: true,
  // SST keeps the names of functions, so a stack trace can be read without a map. By default it would upload the
  // maps, which carry our source, and let a function of its own read them.
  sourcemap: false,
  esbuild: { target: "node24", legalComments: "none" },
};
