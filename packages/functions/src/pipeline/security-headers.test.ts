import { expect, it } from "vitest";
import { lambdaContext } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { captureStdout } from "../../test/stdout.ts";
import { handler } from "../health.ts";

captureStdout();

it("every answer carries these headers and no others", async () => {
  const { headers } = await handler(eventOf({ method: "GET", path: "/health" }), lambdaContext);
  expect(headers).toEqual({
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox; upgrade-insecure-requests",
    "Content-Type": "application/json; charset=utf-8",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    Vary: "Origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
  });
});
