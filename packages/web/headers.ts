/** Where the pages' requests go. */
export interface PageHeadersOptions {
  /** The API's origin, without a slash at the end; empty or undefined where it is that of the pages. */
  readonly apiUrl?: string | undefined;
}

/**
 * What every answer with a page or a file of it is to say, by lower-case header name. Whoever serves the pages sets
 * these: the local gateway, CloudFront. No script or style but the pages' own files, none in the HTML, nobody frames
 * them, no form leaves them, and text becomes markup nowhere (Content Security Policy 3, Trusted Types).
 */
export function pageHeaders({ apiUrl }: PageHeadersOptions = {}): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // A person's picture is an https URL of anywhere.
    "img-src 'self' https:",
    `connect-src 'self'${apiUrl ? ` ${apiUrl}` : ""}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
