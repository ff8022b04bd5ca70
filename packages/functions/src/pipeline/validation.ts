import type { Route } from "@gatehouse/contract";
import validator, { type Options } from "@middy/validator";
import * as validators from "../validators.generated.js";

/** Checks body and path parameters with the function compiled for this route from the contract. */
export function validation(route: Route) {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: which route it is, only the handler's file knows
  const eventSchema: unknown = validators[route.name as keyof typeof validators];
  return validator({ eventSchema } as Options);
}
