import { createClient, type Result } from "@gatehouse/client";
import { settings } from "./settings.ts";

/** The one client of these pages. */
export const auth = createClient({
  baseUrl: settings.apiUrl,
  transport: settings.transport,
  ...(settings.transport === "bearer" && { storage: localStorage }),
});

/**
 * Waits for an answer. The gateway says `insufficient_scope` to the token of a session that was ended elsewhere too:
 * a refresh tells which of the two it is, and every listener of the session with it.
 */
export async function ask<T>(asked: Promise<Result<T>>): Promise<Result<T>> {
  const result = await asked;
  if (result.error?.code === "insufficient_scope") await auth.refresh();
  return result;
}
