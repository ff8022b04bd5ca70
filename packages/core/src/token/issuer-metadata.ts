import { type IssuerMetadata, routes, scopes } from "@gatehouse/contract";
import { config } from "../config.ts";
import type { Claims } from "./claims.ts";
import { publicKeySet } from "./keys.ts";

const claims = {
  iss: true,
  aud: true,
  sub: true,
  sid: true,
  jti: true,
  client_id: true,
  iat: true,
  exp: true,
  scope: true,
  roles: true,
  auth_time: true,
} as const satisfies Record<keyof Claims, true>;

/**
 * What a library needs to verify our tokens unaided, and nothing we do not have (RFC 8414 section 2). A log-in is no
 * OAuth grant, so there is no endpoint of OAuth's to name.
 */
export async function issuerMetadata(): Promise<IssuerMetadata> {
  const { issuer } = config();
  const { keys } = await publicKeySet();
  return {
    issuer,
    jwks_uri: issuer + routes.jwks.path,
    response_types_supported: [],
    grant_types_supported: [],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...new Set(keys.map(({ alg }) => alg))],
    scopes_supported: Object.keys(scopes),
    claims_supported: Object.keys(claims),
    token_endpoint_auth_methods_supported: [],
  };
}
