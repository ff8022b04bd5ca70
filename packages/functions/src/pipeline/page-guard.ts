import type { Route } from "@gatehouse/contract";
import { config } from "@gatehouse/core/config";
import { AuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import type { Incoming } from "./event.ts";
import { readRefreshCookies } from "./refresh-cookie.ts";

/**
 * Keeps other people's pages from logging somebody in, out, or on. What a browser sends, names the page it comes from
 * by `Origin`, or else by `Sec-Fetch-Site`: it must be one of ours. What names none is no browser of today, and is
 * let through unless it brings the session cookie or asks for one (OWASP Cross-Site Request Forgery Prevention Cheat
 * Sheet, "Fetch Metadata" and "Verifying Origin"). Routes behind the authorizer need no guard: a page cannot make a
 * browser send an Authorization header that it does not know.
 */
export function pageGuard(route: Route): MiddlewareObj<Incoming> {
  const { allowedOrigins, issuer } = config();
  const ours = [...allowedOrigins, new URL(issuer).origin];
  return {
    before: ({ event }) => {
      if (route.authorizer !== "none" || route.method === "GET") return;
      const bringsCookie = readRefreshCookies(event).length > 0;
      if (!comesFromOneOf(ours, event.headers, bringsCookie || asksForCookie(event.body))) {
        throw new AuthError("origin_refused");
      }
      // A form can post neither JSON nor the header that says so. Bodies are held to it anyway; a cookie may come alone.
      if (bringsCookie && !/^application\/json\b/i.test(event.headers["content-type"] ?? "")) {
        throw new AuthError("unsupported_media_type");
      }
    },
  };
}

function comesFromOneOf(ours: readonly string[], headers: Incoming["headers"], usesCookie: boolean): boolean {
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined) return ours.includes(origin);
  if (site !== undefined) return site === "same-origin";
  return !usesCookie;
}

function asksForCookie(body: unknown): boolean {
  return (body as { transport?: unknown } | undefined)?.transport === "cookie";
}
