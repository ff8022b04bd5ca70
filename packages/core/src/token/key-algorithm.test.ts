/** Each key is for one algorithm (RFC 8725 section 3.1): whatever else a token says of itself is refused. */
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type SignKeyObjectInput,
  sign,
} from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { reasonOf } from "../../test/refusal.ts";
import { setKeys } from "../../test/stage-keys.ts";
import * as Token from "./index.ts";
import { generateSigningKey, publicHalf, type SigningKey } from "./key.ts";

const ec = generateSigningKey("ES256", "current");
const rsa = generateSigningKey("RS256", "next");
let payload: string;

beforeAll(async () => {
  setKeys(ec, rsa);
  const token = await Token.issue({ sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 }, 900);
  payload = String(token.split(".")[1]);
});

type Signing = Omit<SignKeyObjectInput, "key"> & { readonly hash: string };

const signings = {
  RS256: { hash: "sha256" },
  RS384: { hash: "sha384" },
  RS512: { hash: "sha512" },
  PS256: { hash: "sha256", padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  PS384: { hash: "sha384", padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
  ES256: { hash: "sha256", dsaEncoding: "ieee-p1363" },
  ES384: { hash: "sha384", dsaEncoding: "ieee-p1363" },
  ES512: { hash: "sha512", dsaEncoding: "ieee-p1363" },
} as const satisfies Record<string, Signing>;

type Name = keyof typeof signings;

/** A token that says `alg` and `kid`, signed by that key as `signing` does. */
function forge(alg: string, kid: string, key: SigningKey, signing: Name): string {
  const { hash, ...options }: Signing = signings[signing];
  const text = `${encode({ alg, typ: "at+jwt", kid })}.${payload}`;
  const signature = sign(hash, Buffer.from(text), {
    key: createPrivateKey({ key, format: "jwk" }),
    ...options,
  });
  return `${text}.${signature.toString("base64url")}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

describe.each([
  ["ES256", ec],
  ["RS256", rsa],
] as const)("under a key for %s", (own, key) => {
  it("a token of that algorithm is believed", async () => {
    await expect(Token.verify(forge(own, key.kid, key, own))).resolves.toMatchObject({ sub: "u" });
  });

  const others = (Object.keys(signings) as Name[]).filter((name) => name !== own);
  const possible = others.filter((name) => name.startsWith("ES") === own.startsWith("ES"));

  it.each(possible)(
    "one signed with it as %s is refused, under its own name and under the right one",
    async (name) => {
      expect(await reasonOf(Token.verify(forge(name, key.kid, key, name)))).toBe(
        "alg is not the one its key is for",
      );
      expect(await reasonOf(Token.verify(forge(own, key.kid, key, name)))).toBe("invalid signature");
    },
  );

  it.each([...others, "none", "HS256", "EdDSA", "ES256K", own.toLowerCase()])(
    "one that says %s is refused, though its signature is right",
    async (alg) => {
      expect(await reasonOf(Token.verify(forge(alg, key.kid, key, own)))).toBe(
        "alg is not the one its key is for",
      );
    },
  );

  it("one that is signed by the other key is refused, whichever of them it names", async () => {
    const [other, its] = own === "ES256" ? ([rsa, "RS256"] as const) : ([ec, "ES256"] as const);
    expect(await reasonOf(Token.verify(forge(its, key.kid, other, its)))).toBe(
      "alg is not the one its key is for",
    );
    expect(await reasonOf(Token.verify(forge(own, key.kid, other, its)))).toMatch(/signature/);
    expect(await reasonOf(Token.verify(forge(own, other.kid, key, own)))).toBe(
      "alg is not the one its key is for",
    );
  });

  it("one whose shared secret is the public key is refused", async () => {
    const publicKey = createPublicKey({ key: publicHalf(key), format: "jwk" });
    const secrets = [publicKey.export({ type: "spki", format: "pem" }), JSON.stringify(publicHalf(key))];
    for (const secret of secrets) {
      for (const alg of ["HS256", own]) {
        const text = `${encode({ alg, typ: "at+jwt", kid: key.kid })}.${payload}`;
        const token = `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
        expect(await reasonOf(Token.verify(token))).toMatch(/signature|alg is not the one its key is for/);
      }
    }
  });
});
