import { isUtf8 } from "node:buffer";
import type { Route } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import type { MiddlewareObj } from "@middy/core";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import type { Incoming } from "./event.ts";

/** Bytes as sent, or of base64 where the gateway encoded them. No body of ours comes near. */
const longestBody = 16_384;

/**
 * Parses the body of a route that has one, and keeps the body of any other from its handler. The parser refuses
 * `__proto__` and `constructor.prototype` keys and every content type but JSON.
 */
export function jsonBody(route: Route): MiddlewareObj<Incoming> {
  const { before: parse } = httpJsonBodyParser();
  return {
    before: async (request) => {
      const { event } = request;
      if (!route.body) {
        delete event.body;
        return;
      }
      const body = event.body as string | undefined;
      // The token may be in the cookie, and then there is nothing to send.
      if (route.credentials && !body) {
        event.body = {};
        return;
      }
      if (body && Buffer.byteLength(body) > longestBody) throw new AuthError("payload_too_large");
      // Decoding would put U+FFFD for every broken byte, and make one password of many.
      if (body && event.isBase64Encoded && !isUtf8(Buffer.from(body, "base64"))) {
        throw new AuthError("invalid_json");
      }
      await parse?.(request as Parameters<NonNullable<typeof parse>>[0]);
    },
  };
}
