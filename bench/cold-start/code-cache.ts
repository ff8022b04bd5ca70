import type { Plugin } from "../../stacks/bundle/plugin.ts";

/** Bundles as CommonJS, which `vm.Script` compiles, and a code cache is of a script. */
export const asScript: Plugin = {
  name: "as a script",
  setup({ initialOptions }) {
    initialOptions.format = "cjs";
  },
};

/**
 * A module that loads such a bundle by the code cache beside it, `<script>.cache`, which its first answer makes where
 * there is none: then everything that an answer needs is compiled (Node.js, `script.createCachedData`).
 */
export function loadingByCache(script: string): string {
  return `
    const [vm, fs, { createRequire }] = ["vm", "fs", "module"].map((name) => process.getBuiltinModule(name));
    const [file, cache] = [${JSON.stringify(script)}, ${JSON.stringify(`${script}.cache`)}];
    const cachedData = fs.existsSync(cache) ? fs.readFileSync(cache) : undefined;
    const source = "(function (exports, require, module) {" + fs.readFileSync(file, "utf8") + "\\n})";
    const compiled = new vm.Script(source, { filename: file, cachedData });
    if (compiled.cachedDataRejected) throw new Error("V8 does not take the cache");
    const module = { exports: {} };
    compiled.runInThisContext()(module.exports, createRequire(import.meta.url), module);
    export const handler = async (...given) => {
      const answer = await module.exports.handler(...given);
      if (!cachedData) fs.writeFileSync(cache, compiled.createCachedData());
      return answer;
    };`;
}
