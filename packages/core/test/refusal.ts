import type { ErrorCode } from "@gatehouse/contract";
import { type AuthError, toAuthError } from "../src/error.ts";

/** The error that a caller would be shown. Fails where nothing is thrown. */
export async function refusalOf(attempt: Promise<unknown>): Promise<AuthError> {
  const error = await attempt.then(
    () => {
      throw new Error("nothing was refused");
    },
    (thrown: unknown) => thrown,
  );
  return toAuthError(error);
}

/** The code that a caller would be told. */
export async function codeOf(attempt: Promise<unknown>): Promise<ErrorCode> {
  return (await refusalOf(attempt)).code;
}

/** Why a token was refused: what the log is told and the caller is not. */
export async function reasonOf(attempt: Promise<unknown>): Promise<string> {
  const { code, cause } = await refusalOf(attempt);
  if (code !== "invalid_token") throw new Error(`refused as ${code}`);
  return cause instanceof Error ? cause.message : String(cause);
}
