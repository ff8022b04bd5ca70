import type { NodeJSProps } from "sst/constructs";
import type { StageSettings } from "../stage.ts";
import { builtIns } from "./built-ins.ts";
import { contract } from "./contract.ts";
import type { Plugin } from "./plugin.ts";
import { replacements, replacing, sdkClient } from "./replacements.ts";

type Settings = Pick<StageSettings, "functionSettings">;

/**
 * How the functions are bundled, for a stage, the tests and the bench alike (docs/decisions/0026).
 */
export function bundle(settings: Settings) {
  return {
    format: "esm",
    minify: true,
    // SST keeps the names of functions, so a stack trace can be read without a map. By default it would upload the
    // maps, which carry our source, and let a function of its own read them.
    sourcemap: false,
    esbuild: {
      target: "node24",
      legalComments: "none",
      // SST's gives packages of CommonJS a `require`, by imports of two built-ins. Nothing asks for one: they are reached.
      banner: {},
      plugins: [...plugins(settings)],
    },
  } as const satisfies NodeJSProps;
}

/** What makes a bundle smaller, and sooner loaded, than it would be. */
export function plugins({ functionSettings }: Settings): readonly Plugin[] {
  const isSlim = functionSettings["DYNAMODB_CLIENT"] !== "sdk";
  return [builtIns, contract, replacing([...Object.values(replacements), ...(isSlim ? [sdkClient] : [])])];
}
