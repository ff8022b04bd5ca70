import type { Scope } from "../scopes.ts";

/** What a reader should know before the first route. CommonMark. */
export function introduction(scopes: Readonly<Record<Scope, string>>): string {
  return `${sections.join("\n\n")}\n\n${scopeList(scopes)}`;
}

const sections = [
  "An authentication API. A log-in answers an access token, a JWT that lives for minutes and goes into the header `Authorization`, and a refresh token that brings the next one.",
  "**Errors** are `application/problem+json` (RFC 9457). Switch on `code`: it is stable, it is never renamed or reused, and `type` is an address that explains it. Each route lists the codes it answers, by status.",
  'What reaches no function is answered by **API Gateway itself**, as `{"message": "…"}`: an address that is none (404), a request without a token or with one that is not accepted (401, 403), too many at once (429), and what is too large (413, 414, 431) or cannot be read (400). An answer of 500 or 503 may be either\'s.',
  "**Unknown fields** of a request are refused. An answer may get new ones: ignore those you do not know.",
  "**From a browser** the page's origin must be allowed by the stage, exactly. Where the refresh token travels in the cookie, send credentials.",
  "**Scopes** of an access token, each of which a log-in grants:",
] as const;

function scopeList(scopes: Readonly<Record<Scope, string>>): string {
  return Object.entries(scopes)
    .map(([scope, meaning]) => `- \`${scope}\`: ${meaning}`)
    .join("\n");
}
