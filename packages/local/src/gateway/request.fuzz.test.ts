import type { IncomingMessage } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseEvent } from "./event.ts";
import type { Exchange } from "./exchange.ts";
import { Refusal } from "./refusal.ts";
import { type GatewayRequest, readRequest } from "./request.ts";

const numRuns = 1000;

/** As `node:http` reads the bytes of a head. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xff }).map((byte) => String.fromCharCode(byte)),
});

/** What `node:http` hands over, as far as it is read. */
function messageOf(url: string, rawHeaders: readonly string[] = []): IncomingMessage {
  const socket = { remoteAddress: "192.0.2.1", localPort: 80 };
  return { method: "GET", url, httpVersion: "1.1", rawHeaders, socket } as unknown as IncomingMessage;
}

/** The request, or the status it is refused with. Anything else that is thrown fails the property. */
function read(message: IncomingMessage, stage = "$default"): GatewayRequest | number {
  try {
    return readRequest(message, stage);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.status;
    throw thrown;
  }
}

describe("property: the target of a request", () => {
  test("is read or refused with a 4xx, whatever it is", () => {
    const target = fc.oneof(
      anyText,
      fc.webUrl(),
      fc.webPath().map((path) => `/${path}%`),
      fc.webQueryParameters(),
    );
    fc.assert(
      fc.property(target, fc.constantFrom("$default", "prod"), (url, stage) => {
        const request = read(messageOf(url), stage);
        if (typeof request === "number") expect([400, 404, 431]).toContain(request);
        else for (const segment of request.segments) expect(typeof segment).toBe("string");
      }),
      { numRuns },
    );
  });

  test("gives each segment and each value of the query to the letter, however it was encoded", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 5 });
    const query = fc.array(
      fc.tuple(text, text).filter((pair) => pair.join("") !== ""),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), query, (segments, pairs) => {
        const path = segments.map(encodeURIComponent).join("/");
        const search = pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
        const request = read(messageOf(`/${path}?${search}`)) as GatewayRequest;
        expect(request.segments).toEqual(segments);
        const values = Map.groupBy(pairs, ([name]) => name);
        expect(request.query).toEqual(
          new Map([...values].map(([name, each]) => [name, each.map(([, value]) => value)])),
        );
      }),
      { numRuns },
    );
  });

  test("names no other host, port or person in absolute form: the path is all there is", () => {
    fc.assert(
      fc.property(
        fc.webAuthority({ withUserInfo: true, withPort: true }),
        fc.webPath(),
        (authority, path) => {
          const [absolute, plain] = [
            read(messageOf(`http://${authority}${path}`)),
            read(messageOf(path || "/")),
          ];
          expect(absolute).toEqual(plain);
        },
      ),
      { numRuns },
    );
  });
});

test("property: whatever the headers, each of their lines is told once under its lower-case name", () => {
  const names = fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,20}$/);
  const lines = fc.array(fc.tuple(names, fc.string({ maxLength: 50 })), { maxLength: 100 });
  fc.assert(
    fc.property(lines, (headers) => {
      const request = read(messageOf("/", headers.flat())) as GatewayRequest;
      for (const [name, values] of request.headers) {
        const sent = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
        expect(values).toEqual(sent);
      }
      expect([...request.headers.values()].flat()).toHaveLength(headers.length);
    }),
    { numRuns },
  );
});

test("property: whatever the Cookie headers, each cookie is told to the letter, in its order and in no header", () => {
  const cookie = fc.stringMatching(/^[^;\s][^;]{0,20}$/).filter((text) => text.trim() === text);
  const headers = fc.array(fc.array(cookie, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(headers, fc.constantFrom(";", "; ", ";  "), (each, separator) => {
      const rawHeaders = each.flatMap((cookies) => ["Cookie", cookies.join(separator)]);
      const event = baseEvent({
        api: { stage: "$default", apiId: "local", accountId: "0", region: "us-east-1" },
        request: read(messageOf("/", rawHeaders)) as GatewayRequest,
        body: Buffer.alloc(0),
        match: { route: { routeKey: "GET /" }, resource: "/", pathParameters: undefined },
        requestId: "r",
        traceId: "t",
        receivedAt: 0,
      } as unknown as Exchange);
      expect(event["cookies"]).toEqual(each.flat());
      expect(event["headers"]).not.toHaveProperty("cookie");
    }),
    { numRuns },
  );
});
