import { routes } from "./api.generated.ts";
import type { Caller } from "./caller.ts";
import type { RouteName, Run } from "./methods.ts";
import { type Result, success } from "./result.ts";
import { abortable } from "./send.ts";
import type { Session, Tokens } from "./session.ts";

/** What begins or ends the session of this client beside what the route does. */
export function sessionRoutes(
  transport: "cookie" | "bearer",
  ask: Caller,
  session: Session,
  callOf: (name: RouteName) => Run,
): Partial<Record<RouteName, Run>> {
  const withCookies = transport === "cookie";
  return {
    login: (input, options) => {
      const body = { ...input, transport };
      const logIn = () => ask(routes.login, body, { ...options, withCookies }) as Promise<Result<Tokens>>;
      return abortable(session.begin(logIn), options.signal);
    },

    logout: (_, options) => {
      const logOut = async (refreshToken: string | undefined): Promise<Result<unknown>> => {
        if (!withCookies && refreshToken === undefined) return success(undefined);
        // Where the browser has lost the cookie, the access token does as well.
        const proof = withCookies ? { withCookies, token: session.token } : {};
        const carried = { ...options, ...proof, isRepeatable: true };
        const result = await ask(routes.logout, { refreshToken }, carried);
        // A session that is over already is what was asked for.
        return result.error?.status === 401 ? success(undefined) : result;
      };
      return abortable(session.end("logged_out", logOut), options.signal);
    },

    deleteMe: async (input, options) => {
      const result = await callOf("deleteMe")(input, options);
      return result.error ? result : session.end("account_deleted", async () => result);
    },

    endSession: async (input, options) => {
      const { state } = session;
      const isOwn = state.status === "active" && state.sessionId === input["sessionId"];
      const result = await callOf("endSession")(input, options);
      return isOwn && !result.error ? session.end("logged_out", async () => result) : result;
    },
  };
}
