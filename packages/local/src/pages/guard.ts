import type { IncomingMessage } from "node:http";

/** Names of this machine that no DNS server answers for. */
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Why a request may not see the pages, or undefined. They hold links that open accounts, so they are for browsers of this
 * machine alone: no other address, no name that a stranger's DNS may point here, nothing through a tunnel, and no
 * change on behalf of another page (Fetch Metadata, "Sec-Fetch-Site").
 */
export function refusalOf({ method = "GET", headers, socket }: IncomingMessage): string | undefined {
  const remote = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  if (!/^(?:127\.|::1$)/.test(remote)) return "These pages are for the machine that Gatehouse runs on.";
  if (headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined) {
    return "These pages are not for proxies: open them without one.";
  }
  const host = headers.host ?? "";
  if (!localHost.test(host) || !URL.canParse(`http://${host}`))
    return "Open these pages as localhost or 127.0.0.1.";
  const isRead = method === "GET" || method === "HEAD";
  if (!isRead && !isSameOrigin(headers)) return "Another page may not do this.";
  return undefined;
}

function isSameOrigin({ origin, "sec-fetch-site": site }: IncomingMessage["headers"]): boolean {
  return site === undefined ? origin === undefined : site === "same-origin" || site === "none";
}
