import httpSecurityHeaders from "@middy/http-security-headers";

const oneYearSeconds = 31_536_000;

/**
 * Headers for an API that answers JSON and nothing a browser should ever render (OWASP REST Security Cheat
 * Sheet, "Security Headers"). The rest of what the middleware offers is for pages and stays off.
 * Typed loosely, because its own types do not know that `false` turns a header off.
 */
const options: object = {
  contentSecurityPolicy: {
    "default-src": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "report-to": "",
    "require-trusted-types-for": "",
  },
  strictTransportSecurity: { maxAge: oneYearSeconds, includeSubDomains: true, preload: false },
  crossOriginResourcePolicy: { policy: "same-site" },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  dnsPrefetchControl: false,
  downloadOptions: false,
  originAgentCluster: false,
  permissionsPolicy: false,
  permittedCrossDomainPolicies: false,
  reportingEndpoints: false,
  reportTo: false,
};

export function securityHeaders() {
  return httpSecurityHeaders(options);
}
