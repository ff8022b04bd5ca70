import { tolerate } from "@gatehouse/core/error";
import * as Session from "@gatehouse/core/session";

/**
 * Ends the session whose cookie a log-in is about to replace: nobody could come back to it (OWASP ASVS 5.0, 7.2.4). A
 * cookie that is none of ours ends nothing, and a table that does not answer now holds up no log-in that is done.
 */
export async function endReplaced(cookieTokens: readonly string[]): Promise<void> {
  for (const token of cookieTokens) {
    await tolerate(Session.endByRefreshToken(token), "invalid_refresh_token", "unavailable");
  }
}
