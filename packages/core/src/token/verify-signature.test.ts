import { createPrivateKey, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { claims, forge, header, signingInput, stageKey } from "../../test/forge.ts";
import { reasonOf } from "../../test/refusal.ts";
import * as Token from "./index.ts";

/** The order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const good = await forge();
const another = await forge();
const at = good.lastIndexOf(".");
const text = good.slice(0, at);
const bytes = Buffer.from(good.slice(at + 1), "base64url");
const r = bytes.subarray(0, 32);
const s = bytes.subarray(32);

function numberOf(half: Buffer): bigint {
  return BigInt(`0x${half.toString("hex")}`);
}

function half(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex");
}

function withSignature(...parts: readonly Buffer[]): string {
  return `${text}.${Buffer.concat(parts).toString("base64url")}`;
}

describe("a signature is refused", () => {
  const key = stageKey().then((jwk) => createPrivateKey({ key: jwk, format: "jwk" }));
  const zero = half(0n);
  const rows: Record<string, string> = {
    "with r = 0": withSignature(zero, s),
    "with s = 0": withSignature(r, zero),
    "with r = s = 0": withSignature(zero, zero),
    "with r = n": withSignature(half(order), s),
    "with s = n": withSignature(r, half(order)),
    "with r = s = n": withSignature(half(order), half(order)),
    "with r = 1 and s = 1": withSignature(half(1n), half(1n)),
    "with r and s swapped": withSignature(s, r),
    "with every bit set": withSignature(Buffer.alloc(64, 0xff)),
    "of one byte": withSignature(Buffer.from([1])),
    "of 32 bytes": withSignature(r),
    "of 63 bytes": withSignature(bytes.subarray(0, 63)),
    "of 65 bytes": withSignature(bytes, Buffer.from([0])),
    "with a zero byte before each half": withSignature(Buffer.alloc(1), r, Buffer.alloc(1), s),
    "of another token": `${text}.${another.split(".")[2]}`,
  };

  it.each(Object.entries(rows))("%s", async (_, token) => {
    expect(await reasonOf(Token.verify(token))).toMatch(/signature/);
  });

  it("in DER", async () => {
    const der = sign("sha256", Buffer.from(text), { key: await key, dsaEncoding: "der" });
    expect(await reasonOf(Token.verify(withSignature(der)))).toMatch(/signature/);
  });

  it("with any one bit turned over", async () => {
    for (let bit = 0; bit < 512; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await reasonOf(Token.verify(withSignature(changed)))).toBe("invalid signature");
    }
  });
});

it("a signature does not hold for another payload or another header", async () => {
  const [head, body, signature] = good.split(".");
  const other = signingInput(await header({ typ: "application/at+jwt" }), claims({ roles: ["admin"] })).split(
    ".",
  );
  expect(await reasonOf(Token.verify(`${head}.${other[1]}.${signature}`))).toBe("invalid signature");
  expect(await reasonOf(Token.verify(`${other[0]}.${body}.${signature}`))).toBe("invalid signature");
});

it("the twin (r, n - s) is another text of the same token, so nothing may be told by the text", async () => {
  const twin = withSignature(r, half(order - numberOf(s)));
  expect(twin).not.toBe(good);
  expect(await Token.verify(twin)).toEqual(await Token.verify(good));
});
