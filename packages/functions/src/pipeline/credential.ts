import type { Route } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import { readBearer } from "../authorizer/bearer.ts";
import type { Credential, Incoming } from "./event.ts";
import { readRefreshCookies } from "./refresh-cookie.ts";

/**
 * Finds what a route is called with that takes a refresh token: the one in the body, or else the one in the cookie,
 * or else, where that does as well, an access token. Two refresh tokens at once may be of two people and are refused;
 * an access token beside one is not looked at.
 */
export function credential(route: Route): MiddlewareObj<Incoming> {
  return {
    before: ({ event }) => {
      if (route.credentials === undefined) return;
      const found =
        refreshTokenIn(event) ?? (route.credentials === "refresh-token" ? undefined : accessTokenIn(event));
      if (!found) throw new AuthError("invalid_refresh_token", { cause: "none was sent" });
      event.credential = found;
    },
  };
}

function refreshTokenIn(event: Incoming): Credential | undefined {
  const cookies = readRefreshCookies(event);
  const { refreshToken } = event.body as { refreshToken?: string };
  const tokens = [...(refreshToken === undefined ? [] : [refreshToken]), ...cookies];
  if (tokens.length > 1) throw new AuthError("ambiguous_credentials");
  const [token] = tokens;
  if (token === undefined) return undefined;
  return { type: "refresh", token, transport: cookies.length > 0 ? "cookie" : "bearer" };
}

function accessTokenIn({ headers }: Incoming): Credential | undefined {
  const token = readBearer(headers["authorization"] ?? "");
  return token === undefined ? undefined : { type: "access", token };
}
