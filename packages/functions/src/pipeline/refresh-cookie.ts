import { config } from "@gatehouse/core/config";
import type { Incoming } from "./event.ts";

/**
 * The prefix makes browsers take the cookie only from the host itself, over https and for every path, so that no
 * sister domain can plant one (RFC 6265bis section 4.1.3.2). Clearing it needs the same attributes.
 */
const name = "__Host-gatehouse-refresh";

/** A `Set-Cookie` that keeps the refresh token where no script reads it, for as long as the token lives. */
export function refreshCookie(token: string, maxAgeSeconds: number): string {
  const { cookieSameSite } = config();
  return `${name}=${token}; Path=/; Secure; HttpOnly; SameSite=${cookieSameSite}; Max-Age=${maxAgeSeconds}`;
}

/** A `Set-Cookie` that removes it. */
export function clearedRefreshCookie(): string {
  return refreshCookie("", 0);
}

/** Every refresh token the cookies bring. More than one is more than a browser of ours would send. */
export function readRefreshCookies({ cookies = [] }: Pick<Incoming, "cookies">): string[] {
  return cookies
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => cookie.slice(name.length + 1));
}
