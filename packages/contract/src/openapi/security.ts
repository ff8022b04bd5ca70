import type { Route } from "../route.ts";

export const securitySchemes = {
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "The `token` of a log-in or a refresh (RFC 9068), in the header `Authorization`, with or without the word Bearer before it. What a route names beside it is the scope that the token must have.",
  },
  refreshCookie: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-gatehouse-refresh",
    description:
      "The refresh token of a log-in in cookie mode. The request must come from a page of an allowed origin and be JSON.",
  },
} as const;

/** What a route is called with: any one of these. An empty one is the refresh token in the body. */
export function securityOf(route: Route): readonly Readonly<Record<string, readonly string[]>>[] {
  if (route.authorizer === "token") return [{ accessToken: [route.scope] }];
  if (route.credentials === "refresh-token") return [{ refreshCookie: [] }, {}];
  if (route.credentials === "refresh-or-access-token")
    return [{ refreshCookie: [] }, { accessToken: [] }, {}];
  return [];
}
