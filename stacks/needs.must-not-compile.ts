/** What must not compile, checked by `tsc` as in `packages/contract/src/route.must-not-compile.ts`. */
import { type FunctionName, type Need, needs } from "./needs.ts";

const { me, ...withoutMe } = needs;

export const complete: Record<FunctionName, Need> = { ...withoutMe, me };

// @ts-expect-error a route that nobody said the needs of
export const incomplete: Record<FunctionName, Need> = withoutMe;

// @ts-expect-error an action that no function of this API has
export const greedy: Need = { ...me, table: { DeleteTable: ["user#"] } };

// @ts-expect-error keys that no item of the table has
export const misspelt: Need = { ...me, table: { GetItem: ["users#"] } };
