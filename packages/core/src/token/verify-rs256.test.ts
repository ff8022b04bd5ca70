import { constants, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import verifyJws from "jsonwebtoken/verify.js";
import { expect, it, vi } from "vitest";
import {
  claims,
  foreignKey,
  forge,
  forgeWithHmac,
  header,
  signatureOf,
  signingInput,
  stageKey,
} from "../../test/forge.ts";
import { reasonOf } from "../../test/refusal.ts";
import { config } from "../config.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { forgetSecrets } from "../secrets.ts";
import * as Token from "./index.ts";

vi.mock("jsonwebtoken/verify.js", { spy: true });

/** A stage that signs with RSA, for whoever can verify nothing else. */
writeFileSync(config().secrets.slice("file:".length), JSON.stringify(generateSecrets("RS256")));
forgetSecrets();

const key = await stageKey();
const privateKey = createPrivateKey({ key, format: "jwk" });
const publicKey = createPublicKey({ key, format: "jwk" });
const subject = { sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 };

function rsaSigned(hash: string, head: Record<string, unknown>, padding?: number): string {
  const text = signingInput(head, claims());
  const signature = sign(hash, Buffer.from(text), { key: privateKey, ...(padding && { padding }) });
  return `${text}.${signature.toString("base64url")}`;
}

it("an issued token says so and verifies", async () => {
  const token = await Token.issue(subject, 900);
  const [head = ""] = token.split(".");
  expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({
    alg: "RS256",
    typ: "at+jwt",
    kid: key.kid,
  });
  await expect(Token.verify(token)).resolves.toMatchObject(subject);
});

it("a token forged with the stage's own key and nothing changed is accepted", async () => {
  const token = rsaSigned("sha256", await header({ alg: "RS256" }));
  await expect(Token.verify(token)).resolves.toHaveProperty("sub");
});

it.each([
  ["RS384", "sha384", undefined],
  ["RS512", "sha512", undefined],
  ["PS256", "sha256", constants.RSA_PKCS1_PSS_PADDING],
  ["PS512", "sha512", constants.RSA_PKCS1_PSS_PADDING],
])("the key is for RS256 alone, and not for %s", async (alg, hash, padding) => {
  const named = rsaSigned(hash, await header({ alg }), padding);
  expect(await reasonOf(Token.verify(named))).toBe("alg is not the one its key is for");
  const disguised = rsaSigned(hash, await header({ alg: "RS256" }), padding);
  expect(await reasonOf(Token.verify(disguised))).toBe("invalid signature");
});

it("a P-256 signature is none of this stage, under either name", async () => {
  const es256 = await forge({ key: foreignKey().privateKey, header: await header({ alg: "ES256" }) });
  expect(await reasonOf(Token.verify(es256))).toBe("alg is not the one its key is for");
  const text = signingInput(await header({ alg: "RS256" }), claims());
  const disguised = `${text}.${signatureOf(text, foreignKey().privateKey)}`;
  expect(await reasonOf(Token.verify(disguised))).toBe("invalid signature");
});

it("no rendering of the public key is a shared secret", async () => {
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  const der = publicKey.export({ type: "spki", format: "der" });
  const pkcs1 = publicKey.export({ type: "pkcs1", format: "pem" }) as string;
  const jwk = JSON.stringify(publicKey.export({ format: "jwk" }));
  for (const secret of [pem, pem.trimEnd(), pem.replaceAll("\n", "\r\n"), pkcs1, jwk, der, String(key.n)]) {
    for (const bits of [256, 384, 512] as const) {
      const named = forgeWithHmac(bits, secret, await header({ alg: `HS${bits}` }));
      expect(await reasonOf(Token.verify(named))).toBe("alg is not the one its key is for");
      const disguised = forgeWithHmac(bits, secret, await header({ alg: "RS256" }));
      expect(await reasonOf(Token.verify(disguised))).toBe("invalid signature");
    }
  }
});

it("jsonwebtoken is told the one algorithm, and handed a public key", async () => {
  const verify = vi.mocked(verifyJws).mockClear();
  await Token.verify(await Token.issue(subject, 900));
  expect(verify.mock.lastCall?.[2]).toMatchObject({ algorithms: ["RS256"] });
  expect(verify.mock.lastCall?.[1]).toMatchObject({ type: "public", asymmetricKeyType: "rsa" });
});
