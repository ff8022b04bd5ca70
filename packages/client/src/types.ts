/** Who is logged in here. It is a new object whenever it changes, and the same one as long as it does not. */
export type SessionState =
  /** Nobody has asked yet whether there is a session from before: `restore()` does. */
  | { readonly status: "unknown" }
  /** As the access token says. */
  | { readonly status: "active"; readonly userId: string; readonly sessionId: string }
  /** `reason` says how the last one ended, where there was one. */
  | { readonly status: "none"; readonly reason?: EndReason };

/** The first two were asked for, here or in another tab; the others are what the API answered to a refresh. */
export const endReasons = [
  "logged_out",
  "account_deleted",
  "invalid_refresh_token",
  "refresh_token_reused",
  "session_ended",
  "session_expired",
] as const;

/** How a session ended. */
export type EndReason = (typeof endReasons)[number];

/**
 * Where a refresh token outlives the page in bearer mode: `localStorage` fits, and so does what answers later.
 * What can read it can use it: where the page and the API are of one site, cookie mode is better.
 */
export interface TokenStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** What `createClient` has to know. */
export interface ClientOptions {
  /** Of the API, for example `https://auth.example.com`. */
  readonly baseUrl: string;
  /** How the refresh token travels: in an httpOnly cookie that no script can read, or in JSON. */
  readonly transport: "cookie" | "bearer";
  /** Bearer mode only. Without it a reload of the page forgets the session. */
  readonly storage?: TokenStorage | undefined;
  /** Other APIs that `fetch` may give the access token to, by their origins. @default only that of `baseUrl` */
  readonly apis?: readonly string[] | undefined;
  /** @default the global one */
  readonly fetch?: typeof fetch | undefined;
  /** How long one try may take. @default 15 */
  readonly timeoutSeconds?: number | undefined;
  /** How often a call is tried again that can be repeated without harm. @default 2 */
  readonly retries?: number | undefined;
}

/** What any call can be given. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a call can be given that the API does once, however often it is sent. */
export interface IdempotentCallOptions extends CallOptions {
  /** The client makes one for each call; give your own to repeat the call after a reload. 1 to 255 visible ASCII characters. */
  readonly idempotencyKey?: string | undefined;
}
