import { routes } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { call } from "../../test/call.ts";
import type { Request } from "../../test/event.ts";
import { captureStdout } from "../../test/stdout.ts";
import { handle } from "../handle.ts";

captureStdout();

const good = { email: "test@example.com", password: "correct horse battery" };

let seen: unknown;
const login = handle(routes.login, ({ body }) => {
  seen = body;
  throw new Error("far enough");
});

/** The code the request is refused with, or the body that reached the handler. */
async function sendTo(handler: typeof login, request: Request): Promise<unknown> {
  seen = undefined;
  const { body } = await call(handler, request);
  return seen ?? body.code;
}

const send = (request: Request) => sendTo(login, request);

function base64(...parts: (string | number[])[]): Request {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return {
    body: bytes.toString("base64"),
    isBase64Encoded: true,
    headers: { "content-type": "application/vnd.api+json" },
  };
}

describe("a body", () => {
  it.each([
    "application/json",
    "Application/JSON",
    "application/json;charset=utf-8",
    "application/json; charset=UTF-8",
    "application/merge-patch+json",
  ])("is read as %s", async (type) => {
    expect(await send({ body: good, headers: { "content-type": type } })).toEqual(good);
  });

  it.each([
    undefined,
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/jsonp",
    "application/jsonx",
    "application/xml",
    "text/plain; application/json",
    "text/plain, application/json",
  ])("is refused as %j, whatever it holds", async (type) => {
    expect(await send({ body: good, headers: { "content-type": type } })).toBe("unsupported_media_type");
  });

  it("of base64 is decoded", async () => {
    expect(await send(base64(JSON.stringify(good)))).toEqual(good);
  });

  it("of base64 is refused where it is no UTF-8, so that no two passwords become one", async () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf0, 0x9f]]) {
      const request = base64('{"email":"test@example.com","password":"', bytes, '"}');
      expect(await send(request)).toBe("invalid_json");
    }
  });

  it.each([undefined, "", " "])("that is %j is no JSON", async (body) => {
    expect(await send({ body, headers: { "content-type": "application/json" } })).toBe("invalid_json");
  });

  it("may have 16,384 bytes and not one more", async () => {
    const filled = (length: number) =>
      `${JSON.stringify(good)}${" ".repeat(length - JSON.stringify(good).length)}`;
    expect(await send({ body: filled(16_384) })).toEqual(good);
    expect(await send({ body: filled(16_385) })).toBe("payload_too_large");
  });

  it("is measured in bytes, not in characters", async () => {
    expect(await send({ body: `"${"é".repeat(8192)}"` })).toBe("payload_too_large");
  });

  it("that is too large is refused before it is parsed", async () => {
    expect(await send({ body: "[".repeat(20_000) })).toBe("payload_too_large");
  });

  it("never reaches the handler of a route that has none, whatever is sent", async () => {
    const health = handle(routes.health, (input) => {
      seen = (input as { body: unknown }).body ?? "none";
      return { status: "ok" as const };
    }) as typeof login;
    for (const body of ['{"a":1}', "{", "x".repeat(100_000)]) {
      expect(await sendTo(health, { body, headers: { "content-type": "text/plain" } })).toBe("none");
    }
  });
});
