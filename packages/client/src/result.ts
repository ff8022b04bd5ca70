import { type ErrorCode, type ErrorDetails, GatehouseError } from "./error.ts";

/** One type for each code, so that a `switch` over `error.code` is checked. */
export type Failure<Code extends ErrorCode> = { [C in Code]: GatehouseError<C> }[Code];

/** What a call comes to: the answer, or why there is none. Nothing is thrown. */
export type Result<Data, Code extends ErrorCode = ErrorCode> =
  | { readonly data: Data; readonly error: undefined }
  | { readonly data: undefined; readonly error: Failure<Code> };

export function success<Data>(data: Data): Result<Data, never> {
  return { data, error: undefined };
}

export function failure<Code extends ErrorCode>(
  code: Code,
  message: string,
  details?: ErrorDetails,
): Result<never, Code> {
  return { data: undefined, error: new GatehouseError(code, message, details) as Failure<Code> };
}

/** The data, or the error thrown. */
export function unwrap<Data>({ data, error }: Result<Data>): Data {
  if (error) throw error;
  return data as Data;
}
