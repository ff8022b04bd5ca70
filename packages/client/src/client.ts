import { routes } from "./api.generated.ts";
import { authorizedFetch } from "./authorized-fetch.ts";
import { callOf } from "./call.ts";
import { createCaller } from "./caller.ts";
import {
  type Methods,
  makeMethods,
  makeThrowing,
  type ThrowingMethods,
  type TokenErrorCode,
} from "./methods.ts";
import { readOptions } from "./options.ts";
import { createRefreshTokens } from "./refresh-token.ts";
import { type Result, success } from "./result.ts";
import { abortable } from "./send.ts";
import { Session, type Tokens } from "./session.ts";
import { sessionRoutes } from "./session-routes.ts";
import { createTabs, noTabs } from "./tabs.ts";
import type { CallOptions, ClientOptions, SessionState } from "./types.ts";

/** One person's view of the API: a method for each route, and the session they share. */
export interface Client extends Methods {
  /** The same methods, which answer the data and throw the `GatehouseError`. */
  readonly orThrow: ThrowingMethods;

  /** Who is logged in, as far as is known. */
  readonly session: SessionState;

  /** Tells of each change of `session`, in this tab or another, until the function it answers is called. */
  onSession(this: void, listener: (session: SessionState) => void): () => void;

  /** After a reload: whether there is a session from before. Asks the API only where that is not known. */
  restore(this: void, options?: CallOptions): Promise<SessionState>;

  /** Asks the API for new tokens in any case, and so whether the session is still there. */
  refresh(this: void, options?: CallOptions): Promise<Result<SessionState, TokenErrorCode>>;

  /** An access token that is good for a while, to put into `Authorization: Bearer …` where `fetch` does not serve. */
  accessToken(this: void, options?: CallOptions): Promise<Result<string, TokenErrorCode>>;

  /**
   * `fetch` with the access token, for your own APIs behind the authorizer; refreshed and tried once more on 401.
   *
   * @throws GatehouseError where there is no access token to be had (`not_logged_in`), TypeError for an origin that is
   * neither that of `baseUrl` nor in `apis`, and what `fetch` throws.
   */
  readonly fetch: typeof fetch;

  /** Stops telling, and listening to other tabs. */
  close(this: void): void;
}

/**
 * A client of one API, for one person. In a browser one for the page; on a server one for each request, since it holds
 * the tokens of whoever logs in with it.
 *
 * @throws TypeError for options that cannot work. Calls never throw: their errors are values.
 */
export function createClient(options: ClientOptions): Client {
  const { transport, storage } = options;
  const { base, origins } = readOptions(options);
  const fetchOf = () => options.fetch ?? globalThis.fetch;
  const ask = createCaller(base, fetchOf, options);

  const key = `gatehouse:${base}:${transport}`;
  // Pages that share no refresh token have each a session of their own, which is gone when they are loaded again.
  const isShared = transport === "cookie" || storage !== undefined;
  const session = new Session({
    transport,
    state: { status: isShared ? "unknown" : "none" },
    refreshTokens: createRefreshTokens(options, key),
    openTabs: (onMessage) => (isShared ? createTabs(key, onMessage) : noTabs()),
    refresh: (refreshToken) => {
      const carried = { withCookies: transport === "cookie", isRepeatable: true };
      return ask(routes.refresh, { refreshToken }, carried) as Promise<Result<Tokens>>;
    },
  });

  const plain = (name: keyof Methods) => callOf(routes[name], ask, session);
  const special = sessionRoutes(transport, ask, session, plain);
  const methods = makeMethods((name) => special[name] ?? plain(name));

  return {
    ...methods,
    orThrow: makeThrowing(methods),
    get session() {
      return session.state;
    },
    onSession: (listener) => session.onChange(listener),
    restore: async ({ signal } = {}) => {
      if (session.state.status === "unknown") await abortable(session.renew(), signal);
      return session.state;
    },
    refresh: async ({ signal } = {}) => {
      const { error } = await abortable(session.renew(), signal);
      return (error ? { data: undefined, error } : success(session.state)) as Result<
        SessionState,
        TokenErrorCode
      >;
    },
    accessToken: ({ signal } = {}) =>
      abortable(session.freshToken(), signal) as Promise<Result<string, TokenErrorCode>>,
    fetch: authorizedFetch(session, origins, fetchOf),
    close: () => session.close(),
  };
}
