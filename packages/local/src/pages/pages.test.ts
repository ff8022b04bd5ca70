import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMailbox } from "../mailbox/index.ts";
import { createPages } from "./pages.ts";

const mailbox = createMailbox();
const server = createServer(createPages(mailbox));
let port = 0;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());
beforeEach(() => mailbox.clear());

/** `fetch` would not let a test choose the Host. */
async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const message = request({
    host: "127.0.0.1",
    port,
    path,
    method,
    headers: { host: "localhost:3000", ...headers },
  });
  message.end();
  const [response] = (await once(message, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const asBrowser = { accept: "text/html,application/xhtml+xml;q=0.9" };

const sent = {
  to: "ada@example.com",
  from: "gatehouse@example.com",
  subject: "Verify your email",
  text: "Open\nhttp://localhost:3000/verify-email#token=abc\n\n123456\n",
  html: "<!doctype html><p>Open <a href='http://localhost:3000/'>this</a>",
};

describe("for a program", () => {
  test("the mails are JSON, newest first, those of one address where it is asked for", async () => {
    const first = mailbox.add(sent);
    const second = mailbox.add({ ...sent, to: "grace@example.com" });
    for (const path of ["/_local/mail.json", "/_local/mail"]) {
      const answer = await get(path);
      expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(JSON.parse(answer.body)).toEqual({ mails: [second, first] });
    }
    const { body } = await get("/_local/mail.json?to=Ada%40example.com", asBrowser);
    expect(JSON.parse(body)).toEqual({ mails: [first] });
  });

  test("one mail is JSON too", async () => {
    const mail = mailbox.add(sent);
    const { body } = await get(`/_local/mail/${mail.id}`);
    expect(JSON.parse(body)).toEqual(mail);
  });

  test("the mailbox can be emptied", async () => {
    mailbox.add(sent);
    expect((await get("/_local/mail", {}, "DELETE")).status).toBe(204);
    expect(mailbox.list()).toEqual([]);
  });
});

describe("for a browser", () => {
  test("an empty mailbox says how to get a mail", async () => {
    const { body } = await get("/_local/mail", asBrowser);
    expect(body).toContain("No mail yet");
    expect(body).toContain("http://localhost:3000/password/forgot");
  });

  test("the list and a mail show what is in it, its link and its code", async () => {
    const { id } = mailbox.add(sent);
    expect((await get("/_local/mail", asBrowser)).body).toContain(`href="/_local/mail/${id}"`);
    const { body } = await get(`/_local/mail/${id}`, asBrowser);
    expect(body).toContain(`data-copy="123456"`);
    expect(body).toContain(`href="http://localhost:3000/verify-email#token=abc"`);
    expect(body).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  });

  test("nothing in a mail is markup of the page", async () => {
    const hostile = `"><script>alert(1)</script>' onload=x &`;
    const { id } = mailbox.add({
      to: hostile,
      from: hostile,
      subject: hostile,
      text: hostile,
      html: hostile,
    });
    for (const path of [
      "/_local/mail",
      `/_local/mail/${id}`,
      `/_local/mail?to=${encodeURIComponent(hostile)}1`,
    ]) {
      const { body } = await get(path, asBrowser);
      expect(body).toContain("&#60;script&#62;alert(1)");
      expect(body).not.toContain("<script>");
      expect(body).not.toContain(`"><script`);
      expect(body).not.toContain("' onload");
    }
  });

  test("a mail's HTML is of no origin, runs no script and loads nothing", async () => {
    const { id } = mailbox.add(sent);
    const { headers, body } = await get(`/_local/mail/${id}/body`, asBrowser);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/default-src 'none'.*; sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin|https?:/);
    expect(body).toBe(`<!doctype html><base target="_blank">${sent.html.slice("<!doctype html>".length)}`);
  });

  test("a page that looks again is told when nothing is new", async () => {
    const { headers } = await get("/_local/mail", asBrowser);
    const known = { ...asBrowser, "if-none-match": String(headers.etag) };
    expect((await get("/_local/mail", known)).status).toBe(304);
    mailbox.add(sent);
    expect((await get("/_local/mail", known)).status).toBe(200);
  });

  test("every page and file forbids scripts and styles in the page, frames, and guesses about its type", async () => {
    const { id } = mailbox.add(sent);
    const paths = ["mail", `mail/${id}`, "mail.json", "none", "assets/style.css", "assets/mail.js"];
    for (const path of paths) {
      const { headers } = await get(`/_local/${path}`, asBrowser);
      expect(headers["content-security-policy"]).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'self';/,
      );
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["content-security-policy"]).not.toContain("unsafe");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  test("every file that a page names is there, with its type", async () => {
    const { id } = mailbox.add(sent);
    const { body } = await get(`/_local/mail/${id}`, asBrowser);
    const files = body.match(/\/_local\/assets\/[\w.]+/g) ?? [];
    expect(new Set(files).size).toBe(4);
    for (const file of files) {
      const type = file.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
      expect(await get(file)).toMatchObject({ status: 200, headers: { "content-type": type } });
    }
  });
});

describe("the description of the API", () => {
  test.each([
    ["/docs", "text/html"],
    ["/docs/", "text/html"],
    ["/docs/docs.js", "text/javascript"],
    ["/docs/swagger-ui-bundle.js", "text/javascript"],
    ["/docs/swagger-ui.css", "text/css"],
  ])("has %s, and lets in nothing from elsewhere and no script of the page's own", async (path, type) => {
    const { status, headers } = await get(path, asBrowser);
    expect([status, headers["content-type"]]).toEqual([200, `${type}; charset=utf-8`]);
    const policy = headers["content-security-policy"];
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test("names only files that are there, and holds no script", async () => {
    const { body } = await get("/docs", asBrowser);
    const files = [...body.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(files).toHaveLength(3);
    for (const file of files) expect((await get(file)).status).toBe(200);
    expect(body.match(/<script(?! (?:type="module" )?src=)/g)).toBeNull();
  });

  test("is not for others, and empties no mailbox", async () => {
    mailbox.add(sent);
    expect((await get("/docs", { host: "evil.example" })).status).toBe(403);
    expect((await get("/docs/mail", {}, "DELETE")).status).toBe(405);
    expect(mailbox.list()).toHaveLength(1);
  });
});

test.each([
  "/docs/index.html",
  "/docs/swagger-ui.js",
  "/docs/constructor",
  "/docs/../_localx",
  "/_local/mail/none",
  "/_local/mail/none/body",
  "/_local/nothing",
  "/_local/app/verify-email",
  "/_local/assets/constructor",
  "/_local/assets/..%2fpages.ts",
  "/_local/assets/../../app.ts",
])("%s is not there", async (path) => {
  expect((await get(path, asBrowser)).status).toBe(404);
});

test("the bare prefix leads to the mails", async () => {
  expect(await get("/_local/")).toMatchObject({ status: 302, headers: { location: "/_local/mail" } });
});

test("a target that is no URL is told so", async () => {
  expect((await get("http://[/_local/mail")).status).toBe(400);
});

test("other methods are told which there are", async () => {
  expect(await get("/_local/mail", {}, "PUT")).toMatchObject({
    status: 405,
    headers: { allow: "GET, HEAD, DELETE" },
  });
});

test("who may not ask learns why and no more, and changes nothing", async () => {
  mailbox.add(sent);
  const elsewhere = await get("/_local/mail", { host: "evil.example" });
  expect([elsewhere.status, elsewhere.body]).toEqual([403, "Open these pages as localhost or 127.0.0.1.\n"]);
  expect((await get("/_local/mail", { origin: "http://evil.example" }, "DELETE")).status).toBe(403);
  expect(mailbox.list()).toHaveLength(1);
});
