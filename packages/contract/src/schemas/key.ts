import { type Static, Type } from "typebox";

const common = { kid: Type.String(), use: Type.Literal("sig") };

/** A public EC key (RFC 7517; its members: RFC 7518 section 6.2.1). */
export const EcKey = Type.Object({
  kty: Type.Literal("EC"),
  crv: Type.Literal("P-256"),
  x: Type.String(),
  y: Type.String(),
  alg: Type.Literal("ES256"),
  ...common,
});

/** A public RSA key (RFC 7518 section 6.3.1). */
export const RsaKey = Type.Object({
  kty: Type.Literal("RSA"),
  n: Type.String(),
  e: Type.String(),
  alg: Type.Literal("RS256"),
  ...common,
});

/** The half of a key that anybody may have. */
export const PublicKey = Type.Union([EcKey, RsaKey]);

/** A JWK set of public keys (RFC 7517 section 5). */
export const KeySet = Type.Object({ keys: Type.Array(PublicKey) });

/**
 * What is true of this issuer (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3). There is no
 * authorization endpoint and no grant of OAuth's, so the lists of those are empty.
 */
export const IssuerMetadata = Type.Object({
  issuer: Type.String(),
  jwks_uri: Type.String(),
  response_types_supported: Type.Array(Type.String()),
  grant_types_supported: Type.Array(Type.String()),
  subject_types_supported: Type.Array(Type.String()),
  id_token_signing_alg_values_supported: Type.Array(Type.String()),
  scopes_supported: Type.Array(Type.String()),
  claims_supported: Type.Array(Type.String()),
  token_endpoint_auth_methods_supported: Type.Array(Type.String()),
});

export type PublicKey = Static<typeof PublicKey>;
export type KeySet = Static<typeof KeySet>;
export type IssuerMetadata = Static<typeof IssuerMetadata>;
