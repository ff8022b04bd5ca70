import { randomUUID } from "node:crypto";
import { createContext, type LambdaContext } from "./context.ts";
import { allowedSeconds } from "./deadline.ts";

export interface LocalContextOptions {
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /** @default a new one */
  readonly awsRequestId?: string | undefined;
}

/** The context of a handler that runs in this thread. */
export function createLocalContext(options: LocalContextOptions): LambdaContext {
  return createContext({
    awsRequestId: options.awsRequestId ?? randomUUID(),
    deadline: Date.now() + allowedSeconds(options.timeoutSeconds) * 1000,
    functionName: options.functionName,
    functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${options.functionName}`,
    memorySize: 1024,
  });
}
