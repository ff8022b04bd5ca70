import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { AuthError } from "../error.ts";
import { idPattern } from "../id.ts";
import { secretKey } from "../secret-key.ts";
import { sessionIdPattern } from "./seat.ts";

/** What a refresh token says, once its MAC has been checked. */
export interface Presented {
  readonly userId: string;
  readonly sessionId: string;
  readonly generation: number;
}

/** Its 256 bits are what must not be guessed; the parts before it are no secret. */
const macPattern = /^[A-Za-z0-9_-]{43}$/;

const generationPattern = /^(?:0|[1-9]\d{0,8})$/;

/**
 * The refresh token of one generation of a session: `userId.sessionId.generation.mac`. It is derived, not stored: a
 * copy of the table holds nothing that could be presented, and asking twice gives the same text.
 */
export async function write(session: Presented): Promise<string> {
  const { userId, sessionId, generation } = session;
  return `${userId}.${sessionId}.${generation}.${mac(await refreshKey(), session).toString("base64url")}`;
}

/**
 * Reads a refresh token that somebody presents. Says nothing of the session, which may have ended.
 *
 * @throws AuthError `invalid_refresh_token` on any text that this stage did not make.
 */
export async function read(text: string): Promise<Presented> {
  const [userId = "", sessionId = "", generation = "", proof = "", ...rest] = text.split(".", 5);
  const wellFormed =
    rest.length === 0 &&
    idPattern.test(userId) &&
    sessionIdPattern.test(sessionId) &&
    generationPattern.test(generation) &&
    macPattern.test(proof);
  if (!wellFormed) throw new AuthError("invalid_refresh_token", { cause: "malformed" });
  const presented = { userId, sessionId, generation: Number(generation) };
  const expected = mac(await refreshKey(), presented);
  const given = Buffer.from(proof, "base64url");
  // The last of 43 characters carries two bits too many: only the spelling we write is accepted.
  const genuine = timingSafeEqual(given, expected) && given.toString("base64url") === proof;
  if (!genuine) throw new AuthError("invalid_refresh_token", { cause: "its MAC is wrong" });
  return presented;
}

/** HMAC-SHA-256 under a key derived for this one session (NIST SP 800-108, counter mode with one block). */
function mac(key: KeyObject, { userId, sessionId, generation }: Presented): Buffer {
  const sessionKey = createHmac("sha256", key)
    .update(`gatehouse refresh token 1|${userId}|${sessionId}`)
    .digest();
  return createHmac("sha256", sessionKey).update(String(generation)).digest();
}

const refreshKey = secretKey("REFRESH_KEY");
