import type { IncomingMessage, RequestListener } from "node:http";
import type { Mailbox } from "../mailbox/index.ts";
import { asset } from "./asset.ts";
import { docsPage } from "./docs-page.ts";
import { refusalOf } from "./guard.ts";
import { mailBody } from "./mail-body.ts";
import { listPage, mailPage } from "./mail-page.ts";
import { json, page, plain, type Reply, send } from "./reply.ts";

const nowhere = plain(
  404,
  "There is no such page. The mails are at /_local/mail, the API's description at /docs.",
);
const notAllowed = plain(405, "Only GET, and DELETE for /_local/mail.");

/** The mailbox of this machine, below `/_local`: docs/local-mail.md. And the API's description to look at and try, below `/docs`. */
export function createPages(mailbox: Mailbox): RequestListener {
  return (message, response) => {
    const refusal = refusalOf(message);
    send(response, refusal === undefined ? reply(message, mailbox) : plain(403, refusal));
  };
}

function reply(message: IncomingMessage, mailbox: Mailbox): Reply {
  const { method = "GET", headers } = message;
  const base = `http://${headers.host}`;
  const url = URL.parse(message.url ?? "/", base);
  if (!url) return plain(400, "This is no URL.");
  // A path with dots may lead out of here.
  const [, place, path = ""] = /^\/(_local|docs)(\/.*|)$/.exec(url.pathname) ?? [];
  if (place === undefined) return nowhere;
  if (method === "DELETE" && place === "_local" && path === "/mail") {
    mailbox.clear();
    return { status: 204 };
  }
  if (method !== "GET" && method !== "HEAD") {
    return { ...notAllowed, headers: { allow: "GET, HEAD, DELETE" } };
  }
  if (place === "docs") return docsPage(path.slice(1)) ?? nowhere;
  const to = url.searchParams.get("to") ?? undefined;
  const isBrowser = /\btext\/html\b/.test(headers.accept ?? "");
  if (path === "" || path === "/") return { status: 302, headers: { location: "/_local/mail" } };
  if (path === "/mail.json" || (path === "/mail" && !isBrowser)) return json({ mails: mailbox.list(to) });
  if (path === "/mail")
    return unlessKnown(message, mailbox, () => page(listPage(mailbox.list(to), { base, to })));
  return one(path, mailbox, isBrowser) ?? nowhere;
}

function one(path: string, mailbox: Mailbox, isBrowser: boolean) {
  const [, folder = "", name = "", part] = path.split("/");
  if (folder === "assets" && part === undefined) return asset(name);
  const mail = folder === "mail" ? mailbox.find(name) : undefined;
  if (mail && part === "body" && mail.html) return mailBody(mail);
  if (!mail || part !== undefined) return undefined;
  return isBrowser ? page(mailPage(mailbox.list(), mail)) : json(mail);
}

/** A page that looks for news again and again is told when there is none. */
function unlessKnown(message: IncomingMessage, mailbox: Mailbox, make: () => Reply): Reply {
  const etag = `"${mailbox.revision}"`;
  const headers = { etag, "cache-control": "no-cache" };
  return message.headers["if-none-match"] === etag ? { status: 304, headers } : { ...make(), headers };
}
