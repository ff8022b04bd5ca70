/** What Lambda calls a failed invocation, as plain data. */
export interface Fault {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** An invocation took longer than the function's time-out. */
export const TIMED_OUT = "Sandbox.Timedout";

/** The event is larger than Lambda takes in a synchronous call. */
export const REQUEST_TOO_LARGE = "RequestEntityTooLargeException";

/**
 * A failed invocation: `message` is the handler's error message, `errorType` its class or one of Lambda's
 * own (`Sandbox.Timedout`, `Runtime.ExitError`, `Runtime.HandlerNotFound`, `RequestEntityTooLargeException`,
 * `Function.ResponseSizeTooLarge`), as in the Lambda developer guide, "Lambda function errors".
 */
export class FunctionError extends Error {
  readonly errorType: string;
  readonly trace: readonly string[];

  constructor(fault: Pick<Fault, "errorType" | "errorMessage"> & Partial<Fault>) {
    super(fault.errorMessage);
    this.name = "FunctionError";
    this.errorType = fault.errorType;
    this.trace = fault.trace ?? [];
  }
}

/** The failure of an invocation that took too long. */
export function timedOut(awsRequestId: string, seconds: number): FunctionError {
  return new FunctionError({
    errorType: TIMED_OUT,
    errorMessage: `${awsRequestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  });
}

/** Describes anything thrown the way the Node.js runtime reports it. */
export function describeFault(thrown: unknown): Fault {
  if (thrown instanceof Error) {
    return {
      errorType: thrown instanceof FunctionError ? thrown.errorType : thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? "").split("\n"),
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}
