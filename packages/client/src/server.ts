/** For pages that a server renders: the cookies of one request, handed on to the API and back. */

const name = "__Host-gatehouse-refresh";

export interface CookieFetchOptions {
  /** The header `Cookie` of the request that is answered. Only Gatehouse's own goes to the API. */
  readonly cookie: string | null | undefined;
  /** Of the page, for example `https://www.example.com`. It has to be one of the API's `ALLOWED_ORIGINS`. */
  readonly origin: string;
  /** Told each `Set-Cookie` that the answer has to carry, so that the browser has the newer token. */
  readonly onSetCookie: (setCookie: string) => void;
  /** @default the global one */
  readonly fetch?: typeof fetch;
}

/**
 * A `fetch` for `createClient({ transport: "cookie", fetch })` on a server, for one request. The cookie is of the API's
 * host alone, so page and API must be at one host: the API behind a path of the page's, or the other way about.
 */
export function cookieFetch({
  cookie,
  origin,
  onSetCookie,
  fetch,
}: CookieFetchOptions): typeof globalThis.fetch {
  let pair = (cookie ?? "").split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return async (input, init) => {
    const request = new Request(input, init);
    request.headers.set("Origin", origin);
    if (pair !== undefined) request.headers.set("Cookie", pair);
    const response = await (fetch ?? globalThis.fetch)(request);
    for (const line of response.headers.getSetCookie()) {
      onSetCookie(line);
      // A refresh later in the same request needs what this one brought.
      const [own = ""] = line.split(";");
      if (own.startsWith(`${name}=`)) pair = own === `${name}=` ? undefined : own;
    }
    return response;
  };
}
