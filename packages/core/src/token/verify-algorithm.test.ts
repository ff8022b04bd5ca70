import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import verifyJws from "jsonwebtoken/verify.js";
import { describe, expect, it, vi } from "vitest";
import {
  claims,
  forge,
  forgeWithHmac,
  header,
  signatureOf,
  signingInput,
  stageKey,
} from "../../test/forge.ts";
import { reasonOf } from "../../test/refusal.ts";
import * as Token from "./index.ts";
import { publicHalf } from "./key.ts";

vi.mock("jsonwebtoken/verify.js", { spy: true });

const key = await stageKey();
const publicKey = createPublicKey({ key, format: "jwk" });
const publicJwk = publicHalf(key);

it("a token forged with the stage's own key and nothing changed is accepted", async () => {
  await expect(Token.verify(await forge())).resolves.toMatchObject({ client_id: "first-party" });
});

describe("a token is refused whose alg is", () => {
  const none = ["none", "None", "NONE", "nOnE", "none ", " none", "none\0", "nonE\n"];
  const other = ["HS256", "RS256", "PS256", "ES384", "ES512", "EdDSA", "es256", "ES256 ", "", "ES256K"];
  const noText = [null, undefined, true, 256, ["ES256"], { ES256: "ES256" }];

  it.each([...none, ...other, ...noText])("%j, with a right signature", async (alg) => {
    const token = await forge({ header: await header({ alg }) });
    expect(await reasonOf(Token.verify(token))).toBe("alg is not the one its key is for");
  });

  it.each(none)("%j, with no signature", async (alg) => {
    const unsigned = signingInput(await header({ alg }), claims());
    expect(await reasonOf(Token.verify(`${unsigned}.`))).toBe("not a compact JWS");
    expect(await reasonOf(Token.verify(unsigned))).toBe("not a compact JWS");
    expect(await reasonOf(Token.verify(`${unsigned}.AA`))).toBe("alg is not the one its key is for");
  });
});

describe("no rendering of the public key is a shared secret:", () => {
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  const der = publicKey.export({ type: "spki", format: "der" });
  const renderings: Record<string, string | Buffer> = {
    "PEM with its newline": pem,
    "PEM without its newline": pem.trimEnd(),
    "PEM with CRLF": pem.replaceAll("\n", "\r\n"),
    "PEM behind junk": `junk\n${pem}`,
    "JWK as JSON": JSON.stringify(publicJwk),
    "JWK as exported": JSON.stringify(publicKey.export({ format: "jwk" })),
    "JWK set as JSON": JSON.stringify({ keys: [publicJwk] }),
    "DER in base64": der.toString("base64"),
    "DER in base64url": der.toString("base64url"),
    DER: der,
    "x and y": Buffer.from(`${key.x}${key.y}`, "base64url"),
    kid: key.kid,
    "the empty text": "",
  };
  const rows = Object.entries(renderings).flatMap(([name, secret]) =>
    ([256, 384, 512] as const).map((bits) => ({ name, secret, bits })),
  );

  it.each(rows)("$name, HS$bits", async ({ secret, bits }) => {
    const named = forgeWithHmac(bits, secret, await header({ alg: `HS${bits}` }));
    expect(await reasonOf(Token.verify(named))).toBe("alg is not the one its key is for");
    const disguised = forgeWithHmac(bits, secret, await header());
    expect(await reasonOf(Token.verify(disguised))).toMatch(/signature/);
  });
});

it("a signature by another kind of key is refused under the name ES256", async () => {
  const text = signingInput(await header(), claims());
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
  const ed25519 = generateKeyPairSync("ed25519").privateKey;
  const signatures = [
    sign("sha256", Buffer.from(text), rsa).toString("base64url"),
    signatureOf(text, p384),
    sign(null, Buffer.from(text), ed25519).toString("base64url"),
  ];
  for (const signature of signatures) {
    expect(await reasonOf(Token.verify(`${text}.${signature}`))).toMatch(/signature/);
  }
});

it("jsonwebtoken is told the one algorithm, the issuer and the audience every time", async () => {
  const verify = vi.mocked(verifyJws).mockClear();
  await Token.verify(await forge());
  await Token.verify(await forge());
  expect(verify.mock.calls.map(([, , options]) => options)).toEqual(
    Array(2).fill({
      algorithms: ["ES256"],
      issuer: "https://auth.example.com",
      audience: "gatehouse",
      ignoreNotBefore: true,
    }),
  );
});

it("what verifies can only verify: jsonwebtoken is handed a public key", async () => {
  const verify = vi.mocked(verifyJws).mockClear();
  await Token.verify(await forge());
  const handed = verify.mock.lastCall?.[1] as KeyObject;
  expect(handed.type).toBe("public");
});
