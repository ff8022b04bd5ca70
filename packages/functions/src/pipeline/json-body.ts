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
      if (typeof event.body === "string" && Buffer.byteLength(event.body) > longestBody) {
        throw new AuthError("payload_too_large");
      }
      await parse?.(request as Parameters<NonNullable<typeof parse>>[0]);
    },
  };
}
