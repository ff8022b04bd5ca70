import { type Client, type ClientOptions, createClient } from "../../packages/client/src/index.ts";
import { cookieFetch } from "../../packages/client/src/server.ts";
import { rememberExchange } from "../../packages/functions/test/leaks.ts";
import type { InProcess } from "../../packages/local/test/support/in-process.ts";

export const origin = "https://app.example.com";

export type Transport = ClientOptions["transport"];

/** Where somebody opens the app: what outlives a page there, a cookie or a storage, and the pages opened so far. */
export interface Device {
  /** Opens the app, once more or for the first time. */
  open(options?: Partial<ClientOptions>): Client;
  /** The refresh token that this device has. */
  readonly refreshToken: string | undefined;
}

/** A device whose calls are answered in this process. `from` is the origin of its pages. */
export function newDevice(
  house: Pick<InProcess, "url" | "fetch">,
  transport: Transport,
  from = origin,
): Device {
  const stored = new Map<string, string>();
  let cookie = "";
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  };
  const onSetCookie = (line: string) => {
    cookie = line.split(";")[0] ?? "";
  };
  const watched = watch(house.fetch);
  return {
    open: (options = {}) => {
      const { fetch = watched, ...rest } = options;
      return transport === "cookie"
        ? createClient({
            baseUrl: house.url,
            transport,
            fetch: cookieFetch({ cookie, origin: from, onSetCookie, fetch }),
            ...rest,
          })
        : createClient({ baseUrl: house.url, transport, storage, fetch, ...rest });
    },
    get refreshToken() {
      return transport === "cookie" ? cookie.split("=")[1] || undefined : [...stored.values()][0];
    },
  };
}

/** Has the secrets of each call found wherever they are logged. */
function watch(fetch: InProcess["fetch"]): InProcess["fetch"] {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = await request.clone().text();
    const authorization = request.headers.get("authorization") ?? undefined;
    const response = await fetch(request);
    const answer = { body: await response.clone().text(), cookies: response.headers.getSetCookie() };
    rememberExchange({ body, headers: { authorization } }, answer);
    return response;
  };
}
