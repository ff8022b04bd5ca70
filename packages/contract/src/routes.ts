import { Type } from "typebox";
import { defineRoutes } from "./route.ts";
import { Health } from "./schemas/health.ts";
import { ProblemType } from "./schemas/problem.ts";
import { KeySet, LoggedIn } from "./schemas/token.ts";
import { Credentials, ProfileChange, Registration, User } from "./schemas/user.ts";

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
    errors: ["email_taken", "weak_password"],
  },
  login: {
    method: "POST",
    path: "/login",
    summary: "Exchange an email and a password for an access token",
    authorizer: "none",
    body: Credentials,
    answer: { status: 200, body: LoggedIn },
    errors: ["invalid_credentials"],
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
  jwks: {
    method: "GET",
    path: "/.well-known/jwks.json",
    summary: "The public keys that verify access tokens",
    authorizer: "none",
    answer: { status: 200, body: KeySet },
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
