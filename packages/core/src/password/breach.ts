import { createHash } from "node:crypto";
import { config } from "../config.ts";
import { writeLog } from "../log.ts";
import { readRange } from "./breach-range.ts";

export const breached = "was found in a data breach; choose one that you use nowhere else";

/** For the whole call, from the first look at the name of the host to the last row. */
const limitSeconds = 1;

/**
 * Says of a password that was found in a breach what `findWeakness` says of a weak one. Nothing where it was not, where
 * `BREACHED_PASSWORD_CHECK` is `off`, and where nobody answers within a second: why it fails open, and why nothing
 * waits longer, is in docs/decisions/0018-breached-passwords.md.
 *
 * Only the first five of the forty digits of a SHA-1 leave this process (Have I Been Pwned API v3, "Searching by
 * range"): of the NFC form, which is the one that is hashed and so opens the account. Breaches hold bytes as people
 * typed them, and keyboards type composed letters.
 */
export async function findBreach(password: string): Promise<string | undefined> {
  const { breachedPasswordCheck, breachedPasswordUrl } = config();
  if (breachedPasswordCheck === "off") return undefined;
  const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
  const signal = AbortSignal.timeout(limitSeconds * 1000);
  try {
    const suffixes = await readRange(breachedPasswordUrl, digest.slice(0, 5), signal);
    return suffixes.has(digest.slice(5)) ? breached : undefined;
  } catch (error) {
    writeLog({
      message: "a password was not looked up among breached ones",
      reason: reasonOf(error, signal),
    });
    return undefined;
  }
}

/** Never the message of Node's own errors: it may quote the address, and the prefix stands in that. */
function reasonOf(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return "it took longer than a second";
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
