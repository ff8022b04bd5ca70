import type { AuthError } from "@gatehouse/core/error";
import type { LogEntry } from "@gatehouse/core/log";

export { writeLog } from "@gatehouse/core/log";

/** What a log may tell of an error: the code, the reasons the caller was not given, and a stack where the fault is ours. */
export function describeError(error: AuthError): NonNullable<LogEntry["error"]> {
  const { code, cause } = error;
  if (cause === undefined || typeof cause === "string") return { code, reason: cause };
  // What was thrown and is no error may be a body, or nothing JSON can say: only its type is told.
  if (!(cause instanceof Error)) return { code, reason: `thrown: ${typeof cause}` };
  const reason = reasons(cause).join("; because ");
  return code === "internal_error" ? { code, reason, stack: cause.stack } : { code, reason };
}

/** An error and what is behind it: ElectroDB wraps the SDK's errors, and only those say what happened. */
function reasons(error: Error, depth = 1): string[] {
  const reason = `${error.name}: ${error.message}`;
  return error.cause instanceof Error && depth < 4 ? [reason, ...reasons(error.cause, depth + 1)] : [reason];
}
