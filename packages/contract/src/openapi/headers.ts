import { refreshToken } from "../examples/values.ts";
import type { Header } from "./types.ts";

/** How long anybody may keep an answer. The gateway's own answers do not have it. */
export function cacheControl(seconds: number | undefined, required = true): Header {
  return {
    description: seconds === undefined ? "Nobody may keep it." : "Anybody may keep it for so many seconds.",
    required,
    schema: { type: "string", const: seconds === undefined ? "no-store" : `public, max-age=${seconds}` },
  };
}

/** Not there where the gateway answers by itself, nor where another status shares the response. */
export const retryAfter: Header = {
  description: "How many seconds to wait (RFC 9110 section 10.2.3). Not in API Gateway's own answers.",
  schema: { type: "string", pattern: "^[1-9][0-9]*$" },
};

/** RFC 6750 section 3. */
export function wwwAuthenticate(required: boolean): Header {
  return {
    description: "How to be let in (RFC 6750 section 3).",
    required,
    schema: { type: "string", pattern: "^Bearer" },
  };
}

/** With the refresh token, or to be rid of it. */
export function setCookie(description: string, clears: boolean): Header {
  const [token, seconds] = clears ? ["", 0] : [refreshToken, 1_209_600];
  const cookie = `__Host-gatehouse-refresh=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
  return { description, schema: { type: "string", examples: [cookie] } };
}
