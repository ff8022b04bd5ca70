import sign from "jsonwebtoken/sign.js";
import { epochSeconds } from "../clock.ts";
import { config } from "../config.ts";
import { randomHex } from "../id.ts";
import type { Claims } from "./claims.ts";
import { signer } from "./keys.ts";

/** What a token says of its bearer; the rest of its claims follows from the stage and the clock. */
export type Subject = Pick<Claims, "sub" | "sid" | "scope" | "roles" | "auth_time">;

/** The client a log-in with a password belongs to (RFC 9068 section 2.2 asks for a `client_id`). */
const firstParty = "first-party";

/** Signs an access token that lives `lifeSeconds`: `typ: at+jwt`, the current key's `kid`, a fresh `jti`. */
export async function issue(subject: Subject, lifeSeconds: number): Promise<string> {
  const { issuer, audience } = config();
  const { kid, alg, key } = await signer();
  const iat = epochSeconds();
  const claims: Claims = {
    iss: issuer,
    aud: audience,
    ...subject,
    jti: randomHex(),
    client_id: firstParty,
    iat,
    exp: iat + lifeSeconds,
  };
  return sign(claims, key, { algorithm: alg, header: { alg, typ: "at+jwt", kid } });
}
