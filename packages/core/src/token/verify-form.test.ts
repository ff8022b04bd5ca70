import crypto from "node:crypto";
import fc from "fast-check";
import verifyJws from "jsonwebtoken/verify.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { claims, encode, forge, header, ragged, respell, signatureOf, stageKey } from "../../test/forge.ts";
import { codeOf, reasonOf } from "../../test/refusal.ts";
import * as Token from "./index.ts";

vi.mock("jsonwebtoken/verify.js", { spy: true });

const good = await forge();
const [head, body, signature] = good.split(".") as [string, string, string];

afterEach(() => {
  vi.restoreAllMocks();
});

async function signed(headerText: string, payloadText: string): Promise<string> {
  const key = crypto.createPrivateKey({ key: await stageKey(), format: "jwk" });
  const text = `${headerText}.${payloadText}`;
  return `${text}.${signatureOf(text, key)}`;
}

describe("what is no compact JWS is refused before anything is decoded:", () => {
  const texts: Record<string, string> = {
    nothing: "",
    "one segment": head,
    "two segments": `${head}.${body}`,
    "four segments": `${good}.${signature}`,
    "a JWE of five segments": `${good}.${body}.${signature}`,
    "empty header": `.${body}.${signature}`,
    "empty payload": `${head}..${signature}`,
    "empty signature": `${head}.${body}.`,
    "only dots": "..",
    "flattened JSON": JSON.stringify({ protected: head, payload: body, signature }),
    "general JSON": JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] }),
    "in braces": `{${good}}`,
    "in double quotes": `"${good}"`,
    "in single quotes": `'${good}'`,
    "a space before": ` ${good}`,
    "a space behind": `${good} `,
    "a space inside": `${head}. ${body}.${signature}`,
    "a newline behind": `${good}\n`,
    "a newline inside": `${head}.\n${body}.${signature}`,
    "a carriage return behind": `${good}\r\n`,
    "a NUL behind": `${good}\0`,
    "a tab behind": `${good}\t`,
    padding: `${head}.${body}.${signature}==`,
    "padding of the header": `${head}=.${body}.${signature}`,
    "a plus": `${head}.${body}.+${signature.slice(1)}`,
    "a slash": `${head}.${body}./${signature.slice(1)}`,
    "percent encoding": encodeURIComponent(`${good}=`),
    "the scheme before it": `Bearer ${good}`,
    "two tokens": `${good},${good}`,
    "a full-width letter": `${head}.${body}.\uFF21${signature.slice(1)}`,
    "an astral character": `${good}\u{1F600}`,
    "a lone surrogate": `${good}\uD800`,
  };

  it.each(Object.entries(texts))("%s", async (_, text) => {
    const verify = vi.mocked(verifyJws).mockClear();
    expect(await reasonOf(Token.verify(text))).toBe("not a compact JWS");
    expect(verify).not.toHaveBeenCalled();
  });
});

describe("a segment has one spelling:", () => {
  it("the signature", async () => {
    const twin = respell(signature);
    expect(await reasonOf(Token.verify(`${head}.${body}.${twin}`))).toBe("not a compact JWS");
  });

  it.each(["header", "payload"] as const)("the %s, even signed in its other spelling", async (segment) => {
    const texts = { header: encode(ragged(await header())), payload: encode(ragged(claims())) };
    await expect(Token.verify(await signed(texts.header, texts.payload))).resolves.toHaveProperty("sub");
    texts[segment] = respell(texts[segment]);
    const twin = await signed(texts.header, texts.payload);
    expect(await reasonOf(Token.verify(twin))).toBe("not a compact JWS");
  });

  it("a length that no bytes have is refused", async () => {
    expect(await reasonOf(Token.verify(`${head}.${body}.${"A".repeat(85)}`))).toBe("not a compact JWS");
  });
});

describe("header and payload are JSON objects, also when signed by us:", () => {
  const parts = [
    "null",
    "[]",
    "true",
    "0",
    '"text"',
    '[{"sub":"somebody"}]',
    "",
    "{",
    "{}{}",
    "not json",
    "\0",
    "{'sub':1}",
    "\uFEFF{}",
    "NaN",
  ];

  it.each(parts)("a payload of %j is refused", async (payload) => {
    expect(await reasonOf(Token.verify(await forge({ payload })))).toBe("not a compact JWS");
  });

  it.each(parts)("a header of %j is refused", async (text) => {
    expect(await reasonOf(Token.verify(await forge({ header: text })))).toBe("not a compact JWS");
  });

  it("garbage under typ JWT is refused like everything else", async () => {
    const garbage = `${encode({ typ: "JWT", alg: "ES256" })}.${encode("garbage")}.AAAA`;
    expect(await reasonOf(Token.verify(garbage))).toBe("not a compact JWS");
    const decodable = `${encode({ typ: "JWT", alg: "ES256" })}.${encode("{}")}.AAAA`;
    expect(await reasonOf(Token.verify(decodable))).toBe("typ is not that of an access token");
  });

  it("a text that is not UTF-8 is refused", async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x7b, 0x7d]).toString("base64url");
    expect(await reasonOf(Token.verify(`${head}.${bytes}.${signature}`))).toBe("not a compact JWS");
  });
});

describe("the length is looked at first:", () => {
  const dotsAndSignature = 2 + 86;

  async function tokenOf(length: number): Promise<string> {
    for (const extra of ["", "a", "aa"]) {
      const first = encode(await header({ extra }));
      const bytes = Math.floor(((length - first.length - dotsAndSignature) * 3) / 4);
      const pad = "p".repeat(bytes - JSON.stringify(claims({ pad: "" })).length);
      const token = await signed(first, encode(claims({ pad })));
      if (token.length === length) return token;
    }
    throw new Error("no token has this length");
  }

  it("8,192 characters are read, 8,193 are refused before any crypto", async () => {
    const longest = await tokenOf(8192);
    const tooLong = await tokenOf(8193);
    const createVerify = vi.spyOn(crypto, "createVerify");
    const verify = vi.mocked(verifyJws).mockClear();
    await expect(Token.verify(longest)).resolves.toHaveProperty("pad");
    expect(createVerify).toHaveBeenCalledTimes(1);
    expect(await reasonOf(Token.verify(tooLong))).toBe("not a compact JWS");
    expect(createVerify).toHaveBeenCalledTimes(1);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["a megabyte of header", `${"A".repeat(1024 * 1024)}.${body}.${signature}`],
    ["a megabyte of payload", `${head}.${"A".repeat(1024 * 1024)}.${signature}`],
    ["a megabyte of dots", ".".repeat(1024 * 1024)],
  ])("%s is refused without decoding or verifying it", async (_, token) => {
    const createVerify = vi.spyOn(crypto, "createVerify");
    const decode = vi.spyOn(Buffer, "from");
    const reason = await reasonOf(Token.verify(token));
    const decoded = decode.mock.calls.length;
    decode.mockRestore();
    expect(reason).toBe("not a compact JWS");
    expect(decoded).toBe(0);
    expect(createVerify).not.toHaveBeenCalled();
  });
});

describe("property: a token we did not make is invalid_token and nothing else", () => {
  it("for any text", async () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.base64String());
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        expect(await codeOf(Token.verify(token))).toBe("invalid_token");
      }),
    );
  });

  it("for any header over any payload with any signature", async () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom("alg", "typ", "kid", "crit"), fc.jsonValue()),
    );
    await fc.assert(
      fc.asyncProperty(json, json, fc.uint8Array({ maxLength: 80 }), async (first, second, bytes) => {
        const text = `${encode(JSON.stringify(first))}.${encode(JSON.stringify(second))}`;
        const token = `${text}.${Buffer.from(bytes).toString("base64url")}`;
        expect(await codeOf(Token.verify(token))).toBe("invalid_token");
      }),
    );
  });

  it("for a good token with any one character changed", async () => {
    const position = fc.nat({ max: good.length - 1 });
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."];
    await fc.assert(
      fc.asyncProperty(position, fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(good[at] !== letter);
        const changed = good.slice(0, at) + letter + good.slice(at + 1);
        expect(await codeOf(Token.verify(changed))).toBe("invalid_token");
      }),
      { numRuns: 500 },
    );
  });
});
