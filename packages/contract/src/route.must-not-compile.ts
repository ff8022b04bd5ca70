/**
 * What must not compile. `tsc` checks this file with the rest: a line below that starts to compile is an
 * unused `@ts-expect-error`, which is an error. Nothing imports it and nothing runs it.
 */
import { defineRoutes } from "./route.ts";
import { Health } from "./schemas/health.ts";

const ok = { method: "GET", summary: "", answer: { status: 200, body: Health }, errors: [] } as const;

defineRoutes({
  fine: { ...ok, path: "/open", authorizer: "none" },
  guarded: { ...ok, path: "/me/more", authorizer: "token", scope: "profile:read" },
  refresh: { ...ok, path: "/renew", authorizer: "none", credentials: "refresh-token" },
  logout: { ...ok, path: "/leave", authorizer: "none", credentials: "refresh-or-access-token" },
});

// @ts-expect-error a route that speaks of the caller and asks no authorizer
defineRoutes({ open: { ...ok, path: "/me", authorizer: "none" } });

// @ts-expect-error the same, deeper
defineRoutes({ open: { ...ok, path: "/me/sessions", authorizer: "none" } });

// @ts-expect-error a scope that nobody would check
defineRoutes({ open: { ...ok, path: "/reports", authorizer: "none", scope: "profile:read" } });

// @ts-expect-error an authorizer with nothing to check
defineRoutes({ vague: { ...ok, path: "/reports", authorizer: "token" } });

// @ts-expect-error no word on who may call it
defineRoutes({ silent: { ...ok, path: "/reports" } });

// @ts-expect-error a scope that does not exist
defineRoutes({ unknown: { ...ok, path: "/reports", authorizer: "token", scope: "everything" } });

const renew = { ...ok, path: "/renew", credentials: "refresh-token" } as const;

// @ts-expect-error a refresh token beside a scope: its page would be checked or its access token, not both
defineRoutes({ torn: { ...renew, authorizer: "none", scope: "profile:read" } });

// @ts-expect-error a refresh token where the authorizer has asked for an access token already
defineRoutes({ torn: { ...renew, authorizer: "token", scope: "profile:read" } });

// @ts-expect-error a refresh token and no word on the authorizer
defineRoutes({ silent: renew });

// @ts-expect-error credentials that nothing here reads
defineRoutes({ unknown: { ...ok, path: "/renew", authorizer: "none", credentials: "password" } });

// @ts-expect-error a refresh token is no access to what speaks of the caller
defineRoutes({ open: { ...renew, path: "/me/sessions", authorizer: "none" } });
