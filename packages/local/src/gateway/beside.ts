import { pathAsSent } from "./request.ts";
import type { Beside } from "./types.ts";

/** Takes what is asked of some paths and of those below them, as they were sent. */
export function below(...prefixes: readonly string[]): Beside["takes"] {
  return (message) => prefixes.some((prefix) => `${pathAsSent(message)}/`.startsWith(`${prefix}/`));
}
