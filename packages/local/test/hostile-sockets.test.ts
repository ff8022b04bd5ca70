/** What only a socket can send, to every route through the gateway: none of it is a fault of ours or changes anything. */
import "../../../test/environment.ts";
import { type Route, routes } from "@gatehouse/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, type Person } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { readAccounts } from "../../functions/test/table.ts";
import { sendText } from "../src/gateway/test/send.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { bytesOf, goodRequest, type RawRequest, statusesIn } from "./support/raw.ts";

captureStdout();

let house: InlineHouse;
let port: number;
let person: Person;
beforeAll(async () => {
  house = await startInlineHouse({ hasWorker: false });
  port = Number(new URL(house.url).port);
  person = await newPerson();
});
afterAll(() => house.stop());

const withLines =
  (...lines: string[]) =>
  (good: RawRequest) => ({ ...good, lines: [...good.lines, ...lines] });
const withTarget = (change: (target: string) => string) => (good: RawRequest) => ({
  ...good,
  target: change(good.target),
});
const withBody =
  (body: string, ...lines: string[]) =>
  (good: RawRequest) => ({ ...withLines(...lines)(good), body });
const chunked = (chunks: string) => withBody(chunks, "Transfer-Encoding: chunked");
const inChunks = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`;

/** Each turns a good request into one that must be refused, or into bytes. */
const attacks: Readonly<Record<string, readonly ((good: RawRequest) => RawRequest | string)[]>> = {
  "a head that is too large": [
    withLines(...Array.from({ length: 3000 }, (_, index) => `X-${index}: ${index}`)),
    withLines(`X-A: ${"a".repeat(10_241)}`),
    withLines(`X-A: ${"a".repeat(70_000)}`),
    withLines(`${"a".repeat(70_000)}: x`),
    withTarget((target) => `${target}?${"a".repeat(10_241)}`),
    withTarget((target) => `${target}/${"a".repeat(5000)}`),
    withTarget((target) => target + "a".repeat(9000)),
  ],
  "a header that is none": [
    withLines("X-A: a\0b"),
    withLines("X-A : a"),
    withLines(": a"),
    withLines("no colon"),
    withLines("X-A: a", " folded"),
    withLines("X-\u0001: a"),
    withLines("X-A: a\rX-B: b"),
    withLines("X-A: a\nX-B: b"),
    (good) => bytesOf(good).replaceAll("\r\n", "\n"),
  ],
  "a target that is another one": [
    withTarget((target) => target.slice(1)),
    withTarget((target) => `/${target}`),
    withTarget((target) => `${target}/`),
    withTarget((target) => `/.${target}`),
    withTarget((target) => `/x/..${target}`),
    withTarget((target) => `${target}%2F`),
    withTarget((target) => `${target}%00`),
    withTarget((target) => `${target};x=1`),
    withTarget((target) => `${target}#x`),
    withTarget((target) => `${target}%zz`),
    withTarget((target) => `${target}?%ff`),
    withTarget((target) => `${target} x`),
    withTarget((target) => target.replace("/", "\\")),
    withTarget((target) => target.replace(/[a-z]/, (letter) => letter.toUpperCase())),
    withTarget((target) => `ftp://127.0.0.1${target}`),
    withTarget(() => "*"),
    withTarget(() => ""),
  ],
  "a body that is framed twice or wrongly": [
    (good) => chunked(`zz\r\n${good.body}\r\n0\r\n\r\n`)(good),
    (good) => chunked(`-1\r\n${good.body}\r\n0\r\n\r\n`)(good),
    (good) => chunked(`fffffffffffffffff\r\n${good.body}\r\n0\r\n\r\n`)(good),
    (good) => chunked(`1\r\n${good.body}xx\r\n0\r\n\r\n`)(good),
    (good) => withBody(inChunks(`${good.body} `), "Transfer-Encoding: chunked", "Content-Length: 3")(good),
    (good) => withBody(inChunks(`${good.body} `), "Transfer-Encoding: chunked, identity")(good),
    (good) => withBody(inChunks(`${good.body} `), "Transfer-Encoding: xchunked")(good),
    (good) => withBody(inChunks(`${good.body} `), "Transfer-Encoding : chunked")(good),
    (good) => withLines("Content-Length: 1", "Content-Length: 2")(good),
    (good) => withLines("Content-Length: -1")(good),
    (good) => withLines("Content-Length: +1")(good),
    (good) => withLines("Content-Length: 0x10")(good),
    (good) => withLines(`Content-Length: ${"9".repeat(30)}`)(good),
  ],
  "a body that breaks off": [
    (good) => chunked(`${inChunks(`${good.body} `).slice(0, -7)}`)(good),
    (good) => withLines(`Content-Length: ${good.body.length + 5}`)(good),
  ],
  "a protocol that is another one": [
    (good) => ({ ...good, version: "HTTP/3.0" }),
    (good) => ({ ...good, version: "HTTP/1.2" }),
    (good) => ({ ...good, version: "http/1.1" }),
    (good) => ({ ...good, version: "HTCPCP/1.0" }),
    (good) => ({ ...good, lines: good.lines.filter((line) => !line.startsWith("Host")) }),
    withLines("Expect: a miracle"),
    () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    () => "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
  ],
};

const all = Object.values<Route>(routes);

describe.each(all.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", (_, route) => {
  it.each(Object.keys(attacks))("with %s is refused with a 4xx, and nothing changes", async (kind) => {
    const before = await readAccounts();
    for (const attack of attacks[kind] ?? []) {
      const spoilt = attack(goodRequest(route, person));
      const text = await sendText(
        port,
        typeof spoilt === "string" ? spoilt : bytesOf(spoilt),
        kind.includes("breaks off"),
      );
      expect(statusesIn(text)).toEqual([expect.toSatisfy((status: number) => status >= 400 && status < 500)]);
      expectKnownShape(text);
    }
    expect(await readAccounts()).toEqual(before);
  });

  it("under a method that no route has for its path is not found, and nothing changes", async () => {
    const before = await readAccounts();
    const own = all.filter(({ path }) => path === route.path).map(({ method }) => method as string);
    const methods = [
      "GET",
      "HEAD",
      "POST",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
      "TRACE",
      "PROPFIND",
      "QUERY",
    ];
    for (const method of methods.filter((each) => !own.includes(each))) {
      const text = await sendText(port, bytesOf({ ...goodRequest(route, person), method }));
      expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
      // An HTTP API does not tell which methods a path has: docs/decisions/0002-http-api.md.
      expect(text).not.toMatch(/^allow:/im);
    }
    for (const method of ["FOO", route.method.toLowerCase(), ` ${route.method}`, "GET\0"]) {
      const text = await sendText(port, bytesOf({ ...goodRequest(route, person), method }));
      expect(statusesIn(text)).toEqual([400]);
    }
    // No answer at all: whoever wants a tunnel is hung up on.
    expect(await sendText(port, bytesOf({ ...goodRequest(route, person), method: "CONNECT" }))).toBe("");
    expect(await readAccounts()).toEqual(before);
  });

  it("without any of it is answered by its handler", async () => {
    const good = goodRequest(route, await newPerson());
    const text = await sendText(port, bytesOf(good));
    // The token of a sample's link is nobody's.
    expect(statusesIn(text)).toEqual([good.body.includes('"token"') ? 400 : route.answer.status]);
    expect(text).not.toContain('\r\n\r\n{"message":');
  });
});

/** The gateway's own answer (docs/local-gateway.md), a problem document, or Node's without a body. */
function expectKnownShape(text: string): void {
  const [head = "", body = ""] = text.split("\r\n\r\n");
  if (/^content-type: application\/problem\+json/im.test(head))
    expect(JSON.parse(body)).toHaveProperty("code");
  else expect(body).toMatch(/^(?:\{"message":"[A-Z][A-Za-z ]+"\}|0|)$/);
}
