import { FunctionError, REQUEST_TOO_LARGE } from "./function-error.ts";

/** Bytes of JSON a synchronous invocation may take or answer (Lambda developer guide, "Lambda quotas"). */
const MAXIMUM = 6_291_556;

/** The event as Lambda carries it. Throws a `FunctionError` where it is too large. */
export function encodeEvent(event: unknown): string {
  const payload = encode(event);
  if (Buffer.byteLength(payload) > MAXIMUM) {
    throw new FunctionError({
      errorType: REQUEST_TOO_LARGE,
      errorMessage: `Request must be smaller than ${MAXIMUM} bytes for the InvokeFunction operation`,
    });
  }
  return payload;
}

/** The answer as Lambda carries it: a handler that returns nothing answers `null`. */
export function encodeResult(result: unknown): string {
  const payload = encode(result);
  if (Buffer.byteLength(payload) > MAXIMUM) {
    throw new FunctionError({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: `Response payload size exceeded maximum allowed payload size (${MAXIMUM} bytes).`,
    });
  }
  return payload;
}

function encode(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}
