import { Type } from "typebox";
import { defineRoutes } from "./route.ts";
import { Health } from "./schemas/health.ts";
import { IssuerMetadata, KeySet } from "./schemas/key.ts";
import { ProblemType } from "./schemas/problem.ts";
import {
  Credentials,
  LoggedIn,
  Refreshed,
  RefreshRequest,
  SessionList,
  SessionParams,
  SessionsEnded,
} from "./schemas/session.ts";
import { ProfileChange, Registration, User } from "./schemas/user.ts";

/**
 * The route table: the one place that says what this API answers. From an entry follow the request's
 * validator, the handler's types, the stack's route and authorizer, and the local gateway's route.
 * The handler of `changeMe` is `packages/functions/src/change-me.ts`.
 */
export const routes = defineRoutes({
  register: {
    method: "POST",
    path: "/register",
    summary: "Create an account",
    authorizer: "none",
    body: Registration,
    answer: { status: 201, body: User },
    errors: ["email_taken", "weak_password", "origin_refused"],
  },
  login: {
    method: "POST",
    path: "/login",
    summary: "Exchange an email and a password for an access token",
    authorizer: "none",
    body: Credentials,
    answer: { status: 200, body: LoggedIn },
    errors: ["invalid_credentials", "origin_refused"],
  },
  refresh: {
    method: "POST",
    path: "/refresh",
    summary: "Exchange a refresh token for a new one and an access token",
    authorizer: "none",
    credentials: "refresh-token",
    body: RefreshRequest,
    answer: { status: 200, body: Refreshed },
    errors: [
      "ambiguous_credentials",
      "invalid_refresh_token",
      "origin_refused",
      "refresh_token_reused",
      "session_ended",
      "session_expired",
    ],
  },
  logout: {
    method: "POST",
    path: "/logout",
    summary: "End the session of a refresh token, or of an access token",
    authorizer: "none",
    credentials: "refresh-or-access-token",
    body: RefreshRequest,
    answer: { status: 204 },
    errors: ["ambiguous_credentials", "invalid_refresh_token", "invalid_token", "origin_refused"],
  },
  me: {
    method: "GET",
    path: "/me",
    summary: "The user the token speaks for",
    authorizer: "token",
    scope: "profile:read",
    answer: { status: 200, body: User },
    errors: [],
  },
  changeMe: {
    method: "PATCH",
    path: "/me",
    summary: "Change name, locale or picture",
    authorizer: "token",
    scope: "profile:write",
    body: ProfileChange,
    answer: { status: 200, body: User },
    errors: [],
  },
  sessions: {
    method: "GET",
    path: "/me/sessions",
    summary: "The user's sessions, the one used last first",
    authorizer: "token",
    scope: "sessions:read",
    answer: { status: 200, body: SessionList },
    errors: [],
  },
  endSession: {
    method: "DELETE",
    path: "/me/sessions/{sessionId}",
    summary: "End one session of the user",
    authorizer: "token",
    scope: "sessions:write",
    params: SessionParams,
    answer: { status: 204 },
    errors: ["not_found"],
  },
  endOtherSessions: {
    method: "DELETE",
    path: "/me/sessions",
    summary: "End all sessions of the user but the one that asks",
    authorizer: "token",
    scope: "sessions:write",
    answer: { status: 200, body: SessionsEnded },
    errors: [],
  },
  jwks: {
    method: "GET",
    path: "/.well-known/jwks.json",
    summary: "The public keys that verify access tokens",
    authorizer: "none",
    answer: { status: 200, body: KeySet },
    cacheSeconds: 300,
    errors: [],
  },
  openidConfiguration: {
    method: "GET",
    path: "/.well-known/openid-configuration",
    summary: "What is true of this issuer, where OpenID Connect libraries look for it",
    authorizer: "none",
    answer: { status: 200, body: IssuerMetadata },
    cacheSeconds: 300,
    errors: [],
  },
  oauthServerMetadata: {
    method: "GET",
    path: "/.well-known/oauth-authorization-server",
    summary: "The same, where OAuth libraries look for it",
    authorizer: "none",
    answer: { status: 200, body: IssuerMetadata },
    cacheSeconds: 300,
    errors: [],
  },
  health: {
    method: "GET",
    path: "/health",
    summary: "Whether the API runs; it asks nothing of the table",
    authorizer: "none",
    answer: { status: 200, body: Health },
    errors: [],
  },
  problem: {
    method: "GET",
    path: "/problems/{code}",
    summary: "What an error code means",
    authorizer: "none",
    params: Type.Object({
      code: Type.String({ maxLength: 64, pattern: "^[a-z_]+$", description: "an error code" }),
    }),
    answer: { status: 200, body: ProblemType },
    cacheSeconds: 3600,
    errors: ["not_found"],
  },
});

export type RouteName = keyof typeof routes;
