import { routes } from "@gatehouse/contract";

/**
 * A route like `health` that is none of the table, for a test of the pipeline: what its handler answers is not held to
 * the codes that the OpenAPI document has for a real one.
 */
export const anything = { ...routes.health, path: "/anything" } as const;
