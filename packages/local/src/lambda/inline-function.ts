import type { LambdaContext } from "./context.ts";
import { DeadlinePassed, within } from "./deadline.ts";
import type { LocalFunction } from "./function.ts";
import { describeFault, FunctionError, timedOut } from "./function-error.ts";
import { createLocalContext } from "./local-context.ts";
import { encodeEvent, encodeResult } from "./payload.ts";

export interface InlineFunctionOptions {
  handler(event: never, context: LambdaContext): unknown;
  /** @default "inline" */
  readonly name?: string;
  /** @default 3 */
  readonly timeoutSeconds?: number;
}

/**
 * A function in this very thread, for tests and debuggers: events and answers cross as JSON and failures
 * are the same as a container's, but it shares the environment and nothing stops it after a time-out.
 */
export function createInlineFunction(options: InlineFunctionOptions): LocalFunction {
  const { name = "inline", timeoutSeconds = 3 } = options;
  // The event is JSON of unknown shape: the handler's type is its author's claim about it.
  const handler = options.handler as (event: unknown, context: LambdaContext) => unknown;

  async function run(payload: string, context: LambdaContext): Promise<string> {
    return encodeResult(await handler(JSON.parse(payload), context));
  }

  return {
    name,
    async invoke(event, given) {
      const payload = encodeEvent(event);
      const context = createLocalContext({
        functionName: name,
        timeoutSeconds,
        awsRequestId: given?.awsRequestId,
      });
      try {
        return JSON.parse(await within(timeoutSeconds, run(payload, context)));
      } catch (thrown) {
        if (thrown instanceof DeadlinePassed) throw timedOut(context.awsRequestId, timeoutSeconds);
        throw new FunctionError(describeFault(thrown));
      }
    },
    stop: () => Promise.resolve(),
  };
}
