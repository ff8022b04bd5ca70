import fc from "fast-check";
import { expect, test } from "vitest";
import { route, sendText, withGateway } from "./test/send.ts";

const byte = fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code));

/** Pieces of HTTP, whole and broken, so that some requests come far and few are good. */
const piece = fc.oneof(
  fc.constantFrom(
    "GET ",
    "POST ",
    "HEAD ",
    "/",
    "/me",
    "http://a/me",
    " HTTP/1.1",
    " HTTP/1.0",
    "\r\n",
    "\n",
  ),
  fc.constantFrom("Host: a\r\n", "Connection: close\r\n", "Content-Length: 2\r\n", "Content-Length: -1\r\n"),
  fc.constantFrom(
    "Transfer-Encoding: chunked\r\n",
    "2\r\n{}\r\n",
    "0\r\n\r\n",
    "\r\n\r\n",
    "{}",
    "Cookie: ;;=\r\n",
  ),
  fc.constantFrom(
    "Authorization: Bearer a.b.c\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: h2c\r\n",
    ": \r\n",
  ),
  fc.string({ unit: byte, maxLength: 20 }),
);

const requests = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(""))),
  fc
    .array(piece, { maxLength: 12 })
    .map((pieces) => Buffer.from(`GET /me HTTP/1.1\r\nHost: a\r\n${pieces.join("")}`)),
);

test("property: no bytes whatever are answered with a 5xx, or keep the next request from its answer", async () => {
  const routes = [route("GET /me"), route("POST /me")];
  await withGateway({ routes }, async (gateway) => {
    await fc.assert(
      fc.asyncProperty(requests, async (bytes) => {
        expect(await sendText(gateway.port, bytes, true)).not.toMatch(/^HTTP\/1\.1 5/m);
      }),
      { numRuns: 500 },
    );
    expect((await fetch(`${gateway.url}/me`)).status).toBe(200);
  });
});
