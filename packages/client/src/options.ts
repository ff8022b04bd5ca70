import type { ClientOptions } from "./types.ts";

/**
 * What stands before every path, and whom `fetch` gives the access token to.
 *
 * @throws TypeError that says which option cannot work, and why.
 */
export function readOptions(options: ClientOptions): {
  readonly base: string;
  readonly origins: readonly string[];
} {
  const { baseUrl, transport, storage, apis = [] } = options;
  if (transport !== "cookie" && transport !== "bearer")
    throw new TypeError('transport is either "cookie" or "bearer"');
  if (transport === "cookie" && storage)
    throw new TypeError("storage is for bearer mode: in cookie mode the browser keeps the refresh token");
  const url = readUrl("baseUrl", baseUrl);
  const base = url.origin + url.pathname.replace(/\/+$/, "");
  return { base, origins: [url.origin, ...apis.map((api) => readUrl("apis", api).origin)] };
}

function readUrl(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    throw new TypeError(`${option} has to be like https://auth.example.com, and is ${JSON.stringify(text)}`);
  return url;
}
