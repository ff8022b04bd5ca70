import { builtinModules } from "node:module";
import type { Plugin } from "./plugin.ts";

const filter = new RegExp(`^(?:node:)?(?:${builtinModules.join("|")})$`);

/**
 * Reaches Node's own modules by `process.getBuiltinModule`. To import one as an ES module makes Node read every name that
 * it exports, and some are not there until they are read: of `node:http` they load all of the fetch implementation, 21 to
 * 28 ms for a table of status texts.
 *
 * What is imported by name is read by that name alone; the rest is as if the module had been required.
 */
export const builtIns: Plugin = {
  name: "built-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, ({ path, kind }) => ({
      path: path.replace(/^node:/, ""),
      namespace: kind === "import-statement" ? "imported" : "required",
      sideEffects: false,
    }));
    onLoad({ filter: /.*/, namespace: "imported" }, ({ path }) => ({ contents: exportingNames(path) }));
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = ${reach(path)}`,
    }));
  },
};

/** The names are those of the Node that bundles, which is the one that the project pins. */
function exportingNames(name: string): string {
  const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter((each) => each !== "default");
  const lines = names.map(
    (each, number) =>
      `const x${number} = /* @__PURE__ */ read(${JSON.stringify(each)}); export { x${number} as ${each} };`,
  );
  return [`const all = ${reach(name)}; const read = (name) => all[name]; export default all;`, ...lines].join(
    "\n",
  );
}

function reach(name: string): string {
  return `/* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)})`;
}
