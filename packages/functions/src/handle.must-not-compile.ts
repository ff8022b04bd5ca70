/** What must not compile, checked by `tsc` as in `packages/contract/src/route.must-not-compile.ts`. */
import type { routes } from "@gatehouse/contract";
import type { Input } from "./pipeline/input.ts";

export const own = (input: Input<typeof routes.me>) => input.actor.userId;

// @ts-expect-error an open route does not know who acts
export const nobody = (input: Input<typeof routes.login>) => input.actor;

// @ts-expect-error a route that takes a refresh token is not behind the authorizer either
export const bearer = (input: Input<typeof routes.logout>) => input.actor;

export const refreshToken = (input: Input<typeof routes.refresh>): "refresh" => input.credential.type;

// @ts-expect-error a log-out may be called with an access token as well
export const notOnly = (input: Input<typeof routes.logout>): "refresh" => input.credential.type;

// @ts-expect-error a route of another kind takes no refresh token
export const elsewhere = (input: Input<typeof routes.me>) => input.credential;
