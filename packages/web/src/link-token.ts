import { useEffect, useState } from "preact/hooks";

/** What a token is made of. */
const tokens = /^[\w.~-]{1,128}$/;

let found: { readonly path: string; readonly token: string | undefined } | undefined;
const listeners = new Set<() => void>();

/**
 * Takes the token of a mailed link out of the address bar, where the history and whoever looks on would find it, and keeps
 * it in memory. Nothing is sent: scanners open the links of mails too.
 */
export function takeLinkToken(): void {
  const token = readToken(location.hash);
  if (token === undefined) return;
  found = { path: location.pathname, token: token ?? undefined };
  history.replaceState(history.state, "", location.pathname + location.search);
  for (const listener of [...listeners]) listener();
}

/** The token of the link that led to the page at a path: undefined where there was none, or none that can be one. */
export function useLinkToken(path: string): string | undefined {
  const [, setCount] = useState(0);
  useEffect(() => {
    const listener = () => setCount((count) => count + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return found?.path === path ? found.token : undefined;
}

/** A token that was used leads nowhere any more. */
export function dropLinkToken(): void {
  found = undefined;
  for (const listener of [...listeners]) listener();
}

/** Undefined where a fragment is about no token, null where what it holds is none. */
export function readToken(hash: string): string | null | undefined {
  const token = new URLSearchParams(hash.slice(1)).get("token");
  if (token === null) return undefined;
  return tokens.test(token) ? token : null;
}
