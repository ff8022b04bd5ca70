import { AuthError } from "@gatehouse/core/error";
import type { Incoming } from "./event.ts";

/**
 * The caller's key of an operation (IETF draft-ietf-httpapi-idempotency-key-header), or undefined where none is sent.
 *
 * @throws AuthError `invalid_idempotency_key`.
 */
export function readIdempotencyKey(headers: Incoming["headers"]): string | undefined {
  const key = headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new AuthError("invalid_idempotency_key");
  return key;
}
