import { type Carried, type Input, type RouteEntry, toRequest } from "./request.ts";
import type { Result } from "./result.ts";
import { withRetries } from "./retry.ts";
import { send } from "./send.ts";
import type { ClientOptions, IdempotentCallOptions } from "./types.ts";

export type Caller = (
  route: RouteEntry,
  input: Input,
  options: IdempotentCallOptions & Carried & { readonly isRepeatable?: boolean },
) => Promise<Result<unknown>>;

/** What a call does whoever makes it: tries with an end, and again where that does no harm. */
export function createCaller(
  base: string,
  fetchOf: () => typeof fetch,
  { timeoutSeconds = 15, retries = 2 }: ClientOptions,
): Caller {
  return (route, input, { signal, isRepeatable = isSafe(route), ...carried }) => {
    const [url, init] = toRequest(base, route, input, carried);
    const attempt = () => send({ fetch: fetchOf(), url, init, timeoutSeconds, signal });
    return withRetries(attempt, isRepeatable ? retries : 0, signal);
  };
}

/** What may be done twice with the effect of once (RFC 9110 section 9.2.2), or is known again by its key. */
function isSafe({ method, idempotent }: RouteEntry): boolean {
  return idempotent === true || method === "GET" || method === "DELETE";
}
