import { type AccessToken, accessToken, isFresh, readClaims } from "./access-token.ts";
import type { GatehouseError } from "./error.ts";
import type { RefreshTokens } from "./refresh-token.ts";
import { failure, type Result, success } from "./result.ts";
import type { Tabs } from "./tabs.ts";
import { type EndReason, endReasons, type SessionState } from "./types.ts";

/** What a log-in and a refresh answer of tokens. */
export interface Tokens {
  readonly token: string;
  /** In seconds. */
  readonly expiresIn: number;
  /** In bearer mode. */
  readonly refreshToken?: string;
}

/** What a tab tells the others; in bearer mode with the refresh token that goes with it, and the one it has replaced. */
interface Message {
  readonly token?: AccessToken;
  readonly reason?: EndReason | undefined;
  readonly refreshToken?: string | undefined;
  readonly replaced?: string | undefined;
}

export interface SessionOptions {
  readonly transport: "cookie" | "bearer";
  /** What is known before anybody asks. */
  readonly state: SessionState;
  readonly refreshTokens: RefreshTokens;
  readonly openTabs: (onMessage: (message: unknown) => void) => Tabs;
  /** `POST /refresh`. */
  readonly refresh: (refreshToken: string | undefined) => Promise<Result<Tokens>>;
}

/** How long a tab that had to wait for another one listens for what that one has to tell. */
const listenMs = 50;

/**
 * The session of this client: the access token, in memory alone, and who is logged in. Whatever changes the refresh
 * token goes one at a time, among all tabs, so that no answer overwrites a newer one.
 */
export class Session {
  #state: SessionState;
  #token: AccessToken | undefined;
  #renewing: Promise<Result<string>> | undefined;
  #heard: (() => void) | undefined;
  readonly #listeners = new Set<(state: SessionState) => void>();
  readonly #options: SessionOptions;
  readonly #tabs: Tabs;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#tabs = options.openTabs((message) => void this.#hear(message as Message));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The one it has, whether it is fresh or not. */
  get token(): string | undefined {
    return this.#token?.text;
  }

  onChange(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#tabs.close();
    this.#listeners.clear();
  }

  /** An access token that is good for a while. Asks the API for one only where it has none and there may be a session. */
  async freshToken(): Promise<Result<string>> {
    if (this.#token && isFresh(this.#token)) return success(this.#token.text);
    return this.#state.status === "none" ? notLoggedIn() : this.renew();
  }

  /** For a call whose token was refused: the one that has replaced it since, or else a new one. */
  async tokenInPlaceOf(refused: string): Promise<Result<string>> {
    return this.#token?.text === refused ? this.renew() : this.freshToken();
  }

  /** However many ask at once, the API is asked once. */
  renew(): Promise<Result<string>> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** Runs what begins a session. */
  begin<T extends Tokens>(logIn: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#tabs.exclusive(async () => {
      const result = await logIn();
      if (!result.error) await this.#begun(result.data as Tokens);
      return result;
    });
  }

  /** Runs what ends the session, where it does. */
  end<T>(
    reason: EndReason,
    run: (refreshToken: string | undefined) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.#tabs.exclusive(async () => {
      const refreshToken = await this.#options.refreshTokens.read();
      const result = await run(refreshToken);
      if (!result.error) await this.#ended(reason, refreshToken);
      return result;
    });
  }

  #renew(): Promise<Result<string>> {
    const [token, state] = [this.#token, this.#state];
    const isNews = () => this.#token !== token || this.#state !== state;
    return this.#tabs.exclusive(async (others) => {
      if (others && !isNews()) await this.#listen();
      if (isNews()) return this.#token ? success(this.#token.text) : notLoggedIn();
      return this.#refresh();
    });
  }

  async #refresh(): Promise<Result<string>> {
    const { transport, refreshTokens, refresh } = this.#options;
    const refreshToken = await refreshTokens.read();
    if (transport === "bearer" && refreshToken === undefined) {
      await this.#ended();
      return notLoggedIn();
    }
    const { data, error } = await refresh(refreshToken);
    if (data) return this.#begun(data, refreshToken);
    // Only a no to the refresh token itself ends a session. What may pass leaves all as it is.
    if (error?.status !== 401) return { data: undefined, error } as Result<never>;
    await this.#ended(this.#reasonOf(error), refreshToken);
    return notLoggedIn(error);
  }

  /** That there was no cookie, after nobody knew of one, is no end of anything. */
  #reasonOf({ code }: GatehouseError): EndReason | undefined {
    const reason = endReasons.find((each) => each === code) ?? "invalid_refresh_token";
    return reason === "invalid_refresh_token" && this.#state.status !== "active" ? undefined : reason;
  }

  async #begun({ token: text, expiresIn, refreshToken }: Tokens, replaced?: string): Promise<Result<string>> {
    const token = accessToken(text, expiresIn);
    await this.#options.refreshTokens.write(refreshToken);
    this.#adopt(token);
    this.#tabs.post({ token, refreshToken, replaced } satisfies Message);
    return success(text);
  }

  async #ended(reason?: EndReason, replaced?: string): Promise<void> {
    await this.#options.refreshTokens.write(undefined);
    this.#forget(reason);
    this.#tabs.post({ reason, replaced } satisfies Message);
  }

  #adopt(token: AccessToken): void {
    this.#token = token;
    const { userId, sessionId } = readClaims(token.text);
    const state = this.#state;
    if (state.status === "active" && state.userId === userId && state.sessionId === sessionId) return;
    this.#change({ status: "active", userId, sessionId });
  }

  #forget(reason: EndReason | undefined): void {
    this.#token = undefined;
    if (this.#state.status !== "none") this.#change(reason ? { status: "none", reason } : { status: "none" });
  }

  #change(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) tell(listener, state);
  }

  /**
   * What another tab says counts where this one's storage says the same, or said so before: `sessionStorage` is each
   * tab's own, but for that of a tab that was duplicated.
   */
  async #hear({ token, reason, refreshToken, replaced }: Message): Promise<void> {
    const { refreshTokens } = this.#options;
    const own = await refreshTokens.read();
    if (own !== refreshToken && (own === undefined || own !== replaced)) return;
    if (own !== refreshToken) await refreshTokens.write(refreshToken);
    if (token) this.#adopt(token);
    else this.#forget(reason);
    this.#heard?.();
  }

  async #listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#heard = resolve;
      setTimeout(resolve, listenMs);
    });
    this.#heard = undefined;
  }
}

/** What a listener throws is its own affair: it must not become the result of a log-in. */
function tell(listener: (state: SessionState) => void, state: SessionState): void {
  try {
    listener(state);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function notLoggedIn(cause?: GatehouseError): Result<never> {
  return failure("not_logged_in", "Nobody is logged in", {
    status: cause?.status ?? 0,
    detail: cause?.detail,
    requestId: cause?.requestId,
    cause,
  });
}
