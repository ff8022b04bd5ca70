import type { Mail } from "../mailbox/index.ts";
import type { Reply } from "./reply.ts";

/**
 * A mail's HTML as a mail client shows it: styles, but no script, no form and nothing loaded from anywhere. It is
 * of no origin, in the frame and when it is opened by itself, so it reads nothing of this address.
 */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

export function mailBody({ html }: Mail): Reply {
  const [doctype = ""] = /^\s*<!doctype[^>]*>/i.exec(html) ?? [];
  // Links lead to a tab of their own: inside the frame they would lead nowhere.
  const body = `${doctype}<base target="_blank">${html.slice(doctype.length)}`;
  return { type: "text/html", body, headers: { "content-security-policy": policy } };
}
