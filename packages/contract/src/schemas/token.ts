import { type Static, Type } from "typebox";
import { User } from "./user.ts";

/** The answer of a log-in. `expiresIn` is the life of the access token in seconds (RFC 6749 section 5.1). */
export const LoggedIn = Type.Object({
  auth: Type.Literal(true),
  status: Type.Literal("SUCCESS"),
  token: Type.String({ description: "the access token, a compact JWT (RFC 9068)" }),
  tokenType: Type.Literal("Bearer"),
  expiresIn: Type.Integer({ description: "seconds" }),
  user: User,
});

/** One public signing key (RFC 7517; the members of an EC key: RFC 7518 section 6.2.1). */
export const PublicKey = Type.Object({
  kty: Type.Literal("EC"),
  crv: Type.Literal("P-256"),
  x: Type.String(),
  y: Type.String(),
  kid: Type.String(),
  alg: Type.Literal("ES256"),
  use: Type.Literal("sig"),
});

/** A JWK set of public keys (RFC 7517 section 5). */
export const KeySet = Type.Object({ keys: Type.Array(PublicKey) });

export type LoggedIn = Static<typeof LoggedIn>;
export type PublicKey = Static<typeof PublicKey>;
export type KeySet = Static<typeof KeySet>;
