import type { Actor } from "./event.ts";

/**
 * Reads what the authorizer said of the caller, or undefined where no authorizer spoke. An HTTP API nests it under
 * `lambda` and keeps its types (payload 2.0); a REST API does not nest it and makes every value a string.
 */
export function readActor(event: {
  readonly requestContext: object;
}): { actor: Actor; exp: number } | undefined {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: unknown } | null };
  const { userId, sessionId, scope, exp } = (authorizer?.lambda ?? authorizer ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof userId !== "string" || typeof sessionId !== "string" || typeof scope !== "string")
    return undefined;
  return { actor: { type: "user", userId, sessionId, scope }, exp: Number(exp) || 0 };
}
