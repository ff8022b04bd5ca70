import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { config } from "../src/config.ts";
import { newId, randomHex } from "../src/id.ts";
import { secret } from "../src/secrets.ts";
import type { SigningKey } from "../src/token/key.ts";
import { type KeyRing, keyIn } from "../src/token/key-ring.ts";

/** A part of a token: a value to be written as JSON, or the text of the part as it is. */
export type Part = Readonly<Record<string, unknown>> | string;

/** The stage's own private key, which a forger does not have: with it only the check under test can refuse. */
export async function stageKey(): Promise<SigningKey> {
  const ring = JSON.parse(await secret("SIGNING_KEYS")) as KeyRing;
  const key = keyIn(ring, "current");
  if (!key) throw new Error("this stage has no current key");
  return key;
}

/** The header of a good token, changed as given. A member that is undefined is left out. */
export async function header(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return { alg: "ES256", typ: "at+jwt", kid: (await stageKey()).kid, ...changes };
}

/** The claims of a good token made now, changed as given. A claim that is undefined is left out. */
export function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: config().issuer,
    aud: config().audience,
    sub: newId(),
    sid: newId(),
    jti: randomHex(),
    client_id: "first-party",
    iat: now,
    exp: now + 900,
    scope: "profile:read",
    roles: [],
    auth_time: now,
    ...changes,
  };
}

/** A token with these parts and a right signature by the stage's own key, or by another P-256 key. */
export async function forge(parts: { header?: Part; payload?: Part; key?: KeyObject } = {}): Promise<string> {
  const key = parts.key ?? createPrivateKey({ key: await stageKey(), format: "jwk" });
  const signed = signingInput(parts.header ?? (await header()), parts.payload ?? claims());
  return `${signed}.${signatureOf(signed, key)}`;
}

/** The header and the payload as they are signed. */
export function signingInput(header: Part, payload: Part): string {
  return `${encode(header)}.${encode(payload)}`;
}

export function signatureOf(text: string, key: KeyObject): string {
  return sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url");
}

/** A token signed with HMAC, as if the secret were one. */
export function forgeWithHmac(bits: 256 | 384 | 512, key: string | Buffer, header: Part): string {
  const signed = signingInput(header, claims());
  return `${signed}.${createHmac(`sha${bits}`, key).update(signed).digest("base64url")}`;
}

/** A P-256 key that is not the stage's. */
export function foreignKey(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

export function encode(part: Part): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

/** The part with a member added where that is needed for its last character to have bits to spare. */
export function ragged(part: Record<string, unknown>): Record<string, unknown> {
  return encode(part).length % 4 === 0 ? { ...part, a: 1 } : part;
}

/** Another text that decodes to the same bytes: the last character with a spare bit turned over. */
export function respell(segment: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(segment.at(-1) ?? "");
  const twin = segment.slice(0, -1) + letters[last ^ 1];
  if (!Buffer.from(twin, "base64url").equals(Buffer.from(segment, "base64url"))) {
    throw new Error("this segment has no bits to spare");
  }
  return twin;
}
