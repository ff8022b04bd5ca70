export type { Output } from "./container.ts";
export type { LambdaContext } from "./context.ts";
export { DeadlinePassed, within } from "./deadline.ts";
export { createFunction, type FunctionOptions, type LocalFunction } from "./function.ts";
export { describeFault, FunctionError, REQUEST_TOO_LARGE, TIMED_OUT } from "./function-error.ts";
export { createInlineFunction, type InlineFunctionOptions } from "./inline-function.ts";
export { createLocalContext } from "./local-context.ts";
