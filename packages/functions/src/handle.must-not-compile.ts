/** What must not compile, checked by `tsc` as in `packages/contract/src/route.must-not-compile.ts`. */
import { routes } from "@gatehouse/contract";
import { handle } from "./handle.ts";
import { handleOnce } from "./handle-once.ts";
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

const accept = async () => ({ status: "ACCEPTED" as const });
const verify = async () => ({ status: "VERIFIED" as const });

handle(routes.verifyEmail, verify);
handleOnce(routes.forgotPassword, accept);
handleOnce(routes.forgotPassword, ({ run }) => (run.isRepeat ? accept() : accept()));

// @ts-expect-error a route that honours an idempotency key, and a handler that does not look at it
handle(routes.forgotPassword, accept);

// @ts-expect-error a handler that looks at a key, and a route whose contract does not say so
handleOnce(routes.verifyEmail, verify);

// @ts-expect-error the id of a run is told where a run may be repeated, and nowhere else
handle(routes.verifyEmail, ({ run }) => (run ? verify() : verify()));
