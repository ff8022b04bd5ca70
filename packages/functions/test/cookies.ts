import type { Answer } from "./call.ts";

/** As a page of an allowed origin sends it. */
export const fromOurPage = { origin: "https://app.example.com", "content-type": "application/json" };

/** The cookie as a browser sends it back. */
export function cookieOf(refreshToken: string): string {
  return `__Host-gatehouse-refresh=${refreshToken}`;
}

/** The refresh token in the cookie that an answer sets; empty where it clears it, undefined where it sets none. */
export function tokenInCookie({ cookies }: Answer): string | undefined {
  return /^__Host-gatehouse-refresh=([^;]*);/.exec(cookies[0] ?? "")?.[1];
}
