import { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { foreignKey, forge, header, stageKey } from "../../test/forge.ts";
import { codeOf, reasonOf } from "../../test/refusal.ts";
import * as Token from "./index.ts";
import { generateSigningKey, publicHalf } from "./key.ts";

const key = await stageKey();

describe("a key that the token itself brings", () => {
  const attacker = foreignKey();
  const jwk = { ...attacker.publicKey.export({ format: "jwk" }), kid: key.kid, alg: "ES256", use: "sig" };
  const chain = [Buffer.from("certificate").toString("base64")];
  const rows: Record<string, unknown>[] = [
    { jwk },
    { jku: "https://evil.example.com/keys.json" },
    { jku: "http://127.0.0.1:9/keys.json" },
    { x5u: "https://evil.example.com/cert.pem" },
    { x5c: chain },
    { jwk, jku: "https://evil.example.com/keys.json", x5u: "file:///etc/passwd", x5c: chain },
  ];

  it.each(rows)("is not used and nothing is fetched: %j", async (members) => {
    const connect = vi.spyOn(Socket.prototype, "connect");
    const token = await forge({ header: await header(members), key: attacker.privateKey });
    expect(await reasonOf(Token.verify(token))).toBe("invalid signature");
    expect(connect).not.toHaveBeenCalled();
    connect.mockRestore();
  });

  it("is not used where kid names it", async () => {
    const own = generateSigningKey("ES256", "current");
    const token = await forge({
      header: await header({ kid: own.kid, jwk: publicHalf(own) }),
      key: attacker.privateKey,
    });
    expect(await reasonOf(Token.verify(token))).toBe("kid names no key of this stage");
  });

  it("changes nothing where the signature is ours", async () => {
    const token = await forge({ header: await header({ jwk }) });
    await expect(Token.verify(token)).resolves.toHaveProperty("sub");
  });
});

describe("a kid is only looked up by name:", () => {
  const names = [
    "../../../../dev/null",
    "/proc/self/environ",
    "x' UNION SELECT 'key' --",
    "key|curl evil.example.com",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "0",
    "",
    "undefined",
    `${key.kid} `,
    `${key.kid}\0`,
    key.kid.toLowerCase(),
    key.kid.slice(1),
    "k".repeat(5000),
  ];

  it.each(names)("%.30s is unknown", async (kid) => {
    const token = await forge({ header: await header({ kid }) });
    expect(await reasonOf(Token.verify(token))).toBe("kid names no key of this stage");
  });

  const noText: unknown[] = [
    undefined,
    null,
    0,
    1,
    true,
    [],
    [key.kid],
    {},
    { kid: key.kid },
    { toString: key.kid },
  ];
  it.each(noText)("%j is none", async (kid) => {
    const token = await forge({ header: await header({ kid }) });
    expect(await reasonOf(Token.verify(token))).toBe("kid is missing");
  });
});

describe("an extension nobody here knows is refused even when it is signed:", () => {
  const rows: Record<string, unknown>[] = [
    { crit: ["exp"] },
    { crit: ["http://example.com/UNDEFINED"], "http://example.com/UNDEFINED": true },
    { crit: [] },
    { crit: "" },
    { crit: null },
    { crit: {} },
    { crit: ["b64"], b64: false },
    { crit: ["b64"], b64: true },
    { b64: false },
    { b64: true },
  ];

  it.each(rows)("%j", async (members) => {
    const token = await forge({ header: await header(members) });
    expect(await reasonOf(Token.verify(token))).toBe("an extension is asked for that nobody here knows");
  });
});

describe("typ", () => {
  it.each(["at+jwt", "application/at+jwt"])("%s is an access token", async (typ) => {
    await expect(Token.verify(await forge({ header: await header({ typ }) }))).resolves.toHaveProperty("jti");
  });

  const others = [
    "JWT",
    "jwt",
    "AT+JWT",
    "At+Jwt",
    "at+jwt ",
    "refresh+jwt",
    "rt+jwt",
    "id+jwt",
    "verify+jwt",
    "reset+jwt",
    "application/jwt",
    "application/application/at+jwt",
    "",
    undefined,
    null,
    1,
    ["at+jwt"],
    { typ: "at+jwt" },
  ];
  it.each(others)("%j is not", async (typ) => {
    const token = await forge({ header: await header({ typ }) });
    expect(await reasonOf(Token.verify(token))).toBe("typ is not that of an access token");
  });
});

describe("a token of another stage", () => {
  it("is refused with a key of its own", async () => {
    const other = generateSigningKey("ES256", "current");
    const { privateKey } = foreignKey();
    const token = await forge({ header: await header({ kid: other.kid }), key: privateKey });
    expect(await codeOf(Token.verify(token))).toBe("invalid_token");
  });

  it("is refused with its key under our key's name", async () => {
    const token = await forge({ key: foreignKey().privateKey });
    expect(await reasonOf(Token.verify(token))).toBe("invalid signature");
  });
});
