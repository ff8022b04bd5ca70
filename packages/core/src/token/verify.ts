import verifyJws from "jsonwebtoken/verify.js";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { type Claims, findFault } from "./claims.ts";
import { readHeader } from "./compact.ts";
import { type Verifier, verifier } from "./keys.ts";

/** Media type of an access token, in its short and its full spelling (RFC 9068 section 2.1). */
const types: readonly unknown[] = ["at+jwt", "application/at+jwt"];

/**
 * The claims of an access token of this stage, checked whole: form, `alg`, `typ`, `crit`, key, signature, and
 * every claim (RFC 9068 section 4, RFC 8725). It says nothing of the session, which may have ended.
 *
 * @throws AuthError `invalid_token` on any other text whatever; `cause` says why, for the log.
 */
export async function verify(token: string): Promise<Claims> {
  const header = readHeader(token);
  if (!header) throw invalid("not a compact JWS");
  if (!types.includes(header.typ)) throw invalid("typ is not that of an access token");
  if ("crit" in header || "b64" in header) throw invalid("an extension is asked for that nobody here knows");
  if (typeof header.kid !== "string") throw invalid("kid is missing");
  const by = await verifier(header.kid);
  if (!by) throw invalid("kid names no key of this stage");
  if (header.alg !== by.alg) throw invalid("alg is not the one its key is for");
  const { issuer, audience } = config();
  const claims = checkSignature(token, by, { issuer, audience });
  const fault = findFault(claims, { now: epochSeconds(), issuer, audience });
  if (fault) throw invalid(fault);
  return claims;
}

function checkSignature(
  token: string,
  { alg, key }: Verifier,
  expected: { issuer: string; audience: string },
): Claims {
  try {
    // `nbf` is left to the claims' own check, which knows the tolerance. A KeyObject, because jsonwebtoken
    // parses a PEM text anew on every call.
    return verifyJws(token, key, {
      algorithms: [alg],
      ignoreNotBefore: true,
      ...expected,
    }) as unknown as Claims;
  } catch (error) {
    throw invalid(error);
  }
}

function invalid(cause: unknown): AuthError {
  return new AuthError("invalid_token", { cause });
}
