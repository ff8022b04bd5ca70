import { createRequire } from "node:module";
import type { Plugin } from "../../stacks/bundle/plugin.ts";

const core = createRequire(new URL("../../packages/core/package.json", import.meta.url));

/** bcrypt at cost 4 under the label of any other: what a password costs is the same everywhere, and no start of anything. */
export const cheapHashes: Plugin = {
  name: "cheap hashes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bcryptjs$/ }, ({ namespace }) =>
      namespace === "cheap" ? { path: core.resolve("bcryptjs") } : { path: "bcryptjs", namespace: "cheap" },
    );
    onLoad({ filter: /.*/, namespace: "cheap" }, () => ({
      contents: `
        import real from "bcryptjs";
        const labelled = (hash, cost) => hash.replace(/^\\$2b\\$\\d\\d/, "$2b$" + String(cost).padStart(2, "0"));
        export default {
          hash: async (text, cost) => labelled(await real.hash(text, 4), cost),
          compare: (text, hash) => real.compare(text, labelled(hash, 4)),
        };`,
      resolveDir: import.meta.dirname,
    }));
  },
};
