import type { NodeJSProps } from "sst/constructs";

/** A plugin of the esbuild that SST brings along. */
export type Plugin = NonNullable<NonNullable<NodeJSProps["esbuild"]>["plugins"]>[number];
