/**
 * What a handler gets beside the event (Lambda developer guide, "Node.js context object"). `awsRequestId`
 * is the invocation's; `getRemainingTimeInMillis` counts down to the time-out.
 */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** In megabytes, as text: so Lambda has it. */
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

/** One invocation, as plain data that crosses a thread's border. `deadline` is in epoch milliseconds. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly deadline: number;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySize: number;
}

export function createContext(invocation: Invocation): LambdaContext {
  return {
    awsRequestId: invocation.awsRequestId,
    functionName: invocation.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: invocation.functionArn,
    memoryLimitInMB: String(invocation.memorySize),
    logGroupName: `/aws/lambda/${invocation.functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
  };
}
