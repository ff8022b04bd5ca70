import type { Transport } from "@gatehouse/contract";
import { WithCookies } from "./answer.ts";
import { refreshCookie } from "./refresh-cookie.ts";

interface Tokens {
  readonly refreshToken: string;
  readonly refreshExpiresIn: number;
}

/**
 * Sends a refresh token the way its session asked for: in the JSON, or in the cookie and nowhere else (OWASP ASVS 5.0
 * 3.3.4: what is kept from scripts must not be in a body that they read).
 */
export function carry<T extends Tokens>(transport: Transport = "bearer", tokens: T) {
  if (transport === "bearer") return tokens;
  const { refreshToken, refreshExpiresIn, ...rest } = tokens;
  return new WithCookies(rest, [refreshCookie(refreshToken, refreshExpiresIn)]);
}
