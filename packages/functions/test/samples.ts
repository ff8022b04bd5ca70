import type { BodyOf, ParamsOf, Route, RouteName, routes } from "@gatehouse/contract";
import { newEmail, type Person, password } from "./people.ts";

/** What a route wants to be sent. A route without body or params has neither here. */
type Sample<R extends Route> = (BodyOf<R> extends undefined ? unknown : { readonly body: BodyOf<R> }) &
  (R extends { params: object } ? { readonly params: ParamsOf<R> } : unknown);

type Samples = { readonly [Name in RouteName]: Sample<(typeof routes)[Name]> };

/** A sample as a test sends it, of whichever route. */
export interface AnySample {
  readonly body?: object;
  readonly params?: Readonly<Record<string, string>>;
}

export const newPassword = "seven lanterns over Ghent";

/** The token of a link as it looks, and nobody's. */
const token = `01k0qj3v5e8m2n4p6r8t0v2x4z.${"A".repeat(43)}`;

/**
 * A whole request to every route of the contract, by a person about themselves: every validator accepts it. A new
 * route without one does not compile.
 */
export function samplesOf({ email, context, refreshToken }: Person): Samples {
  const { sessionId } = context;
  return {
    register: { body: { email: newEmail(), password } },
    login: { body: { email, password } },
    refresh: { body: { refreshToken } },
    logout: { body: { refreshToken } },
    requestEmailVerification: { body: { email } },
    verifyEmail: { body: { token } },
    undoEmailChange: { body: { token } },
    forgotPassword: { body: { email } },
    resetPassword: { body: { token, password: newPassword } },
    me: {},
    changeMe: { body: { name: "Ada" } },
    changePassword: { body: { currentPassword: password, newPassword } },
    changeEmail: { body: { email: newEmail(), password } },
    confirmEmail: { body: { token } },
    exportMe: {},
    deleteMe: { body: { password } },
    events: {},
    sessions: {},
    endSession: { params: { sessionId } },
    endOtherSessions: {},
    jwks: {},
    openidConfiguration: {},
    oauthServerMetadata: {},
    health: {},
    problem: { params: { code: "not_found" } },
    openapi: {},
  };
}

/** The sample of one route, for a test that goes over many. */
export function sampleOf({ name }: Route, person: Person): AnySample {
  return samplesOf(person)[name as RouteName] as AnySample;
}
