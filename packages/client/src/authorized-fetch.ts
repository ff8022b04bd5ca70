import { unwrap } from "./result.ts";
import { abortable } from "./send.ts";
import type { Session } from "./session.ts";

/**
 * `fetch` with the access token, for APIs behind the authorizer. Only to `origins`: any other would be given a key to the
 * account.
 */
export function authorizedFetch(
  session: Session,
  origins: readonly string[],
  fetchOf: () => typeof fetch,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (!origins.includes(origin)) {
      throw new TypeError(
        `The access token is not for ${origin}: name it in the option apis if it may have it`,
      );
    }
    const token = unwrap(await abortable(session.freshToken(), request.signal));
    const fetch = fetchOf();
    const response = await fetch(authorize(request.clone(), token));
    if (response.status !== 401) return response;
    const renewed = await abortable(session.tokenInPlaceOf(token), request.signal);
    if (renewed.error) return response;
    await response.body?.cancel();
    return fetch(authorize(request, renewed.data));
  };
}

function authorize(request: Request, token: string): Request {
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Bearer ${token}`);
  return new Request(request, { headers });
}
