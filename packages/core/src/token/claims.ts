/** The claims of an access token (RFC 9068 section 2.2). Times are epoch seconds. No email and no name. */
export interface Claims {
  readonly iss: string;
  readonly aud: string;
  /** The user's id. */
  readonly sub: string;
  /** The session's id: what a log-out ends. */
  readonly sid: string;
  /** Unique to each token. */
  readonly jti: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  /** Scopes separated by spaces. */
  readonly scope: string;
  readonly roles: readonly string[];
  /** When the password was last given. */
  readonly auth_time: number;
}

/** The longest life of a token this API makes, and so of one it believes, whatever it was configured to then. */
export const longestLifeSeconds = 3600;

/**
 * How far ahead another machine's clock may be when it says when a token was made. The end of a token is kept to
 * the second: the promise about log-outs rests on it.
 */
export const clockToleranceSeconds = 5;

/** What is expected of a token: `now` in epoch seconds, the issuer and the audience of this stage. */
export interface Expectation {
  readonly now: number;
  readonly issuer: string;
  readonly audience: string;
}

/**
 * Why the claims cannot be believed, for the log, or undefined where they can. Everything is checked that
 * RFC 9068 section 4 asks, and every claim must be there and of its type: jsonwebtoken takes a token that never
 * expires, a future `iat`, and skips a check it was given nothing to compare with.
 */
export function findFault(
  claims: Partial<Record<keyof Claims | "nbf", unknown>>,
  expected: Expectation,
): string | undefined {
  const { iss, aud, sub, sid, jti, client_id, iat, exp, nbf, scope, roles, auth_time } = claims;
  if (iss !== expected.issuer) return "iss is not this issuer";
  if (!(Array.isArray(aud) ? aud : [aud]).includes(expected.audience)) return "aud does not name this API";
  if (!isText(sub)) return "sub is missing";
  if (!isText(sid)) return "sid is missing";
  if (!isText(jti)) return "jti is missing";
  if (!isText(client_id)) return "client_id is missing";
  if (typeof scope !== "string") return "scope is missing";
  if (!Array.isArray(roles) || !roles.every(isText)) return "roles is missing";
  if (!isTime(auth_time)) return "auth_time is missing";
  if (!isTime(iat)) return "iat is missing";
  if (iat > expected.now + clockToleranceSeconds) return "iat is in the future";
  if (nbf !== undefined && !(isTime(nbf) && nbf <= expected.now + clockToleranceSeconds))
    return "nbf is in the future";
  if (!isTime(exp)) return "exp is missing";
  if (exp <= expected.now) return "expired";
  if (exp > expected.now + longestLifeSeconds + clockToleranceSeconds) return "exp is too far ahead";
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** NumericDate (RFC 7519 section 2), whole and not before 1970. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
