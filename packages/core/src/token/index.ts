export type { Claims } from "./claims.ts";
export { issue, type Subject } from "./issue.ts";
export { issuerMetadata } from "./issuer-metadata.ts";
export { publicKeySet } from "./keys.ts";
export { verify } from "./verify.ts";
