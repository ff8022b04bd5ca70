import { writeFileSync } from "node:fs";
import bcrypt from "bcryptjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startRangeServer } from "../../test/range-server.ts";
import { config, forgetConfig } from "../config.ts";
import { AuthError } from "../error.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { forgetSecrets } from "../secrets.ts";
import * as Password from "./index.ts";

const cjk = "\u6F22";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
});

function setSetting(key: string, value: string): void {
  vi.stubEnv(key, value);
  forgetConfig();
}

function setPepper(pepper: string): void {
  storePepper(pepper);
  forgetSecrets();
}

function storePepper(pepper: string): void {
  const secrets = { ...generateSecrets(), PASSWORD_PEPPER: pepper };
  writeFileSync(config().secrets.slice("file:".length), JSON.stringify(secrets));
}

describe("a password is verified in full:", () => {
  it.each([
    ["64 CJK characters", cjk.repeat(64), `${cjk.repeat(63)}\u5B57`],
    ["64 emoji", "\u{1F511}".repeat(64), `${"\u{1F511}".repeat(63)}\u{1F512}`],
    ["1,024 bytes", "p".repeat(1024), `${"p".repeat(1023)}q`],
    ["72 bytes alike", `${"p".repeat(72)}one`, `${"p".repeat(72)}two`],
    ["73 bytes against 72", "p".repeat(73), "p".repeat(72)],
    ["repeated around a NUL", "abc\0abc", "abc"],
    ["a NUL against nothing", "\0", ""],
    ["a NUL behind", "abc", "abc\0"],
    ["a space before", "marmalade", " marmalade"],
    ["a space behind", "marmalade", "marmalade "],
    ["a tab against a space", "violet marmalade", "violet\tmarmalade"],
    ["a no-break space", "violet marmalade", "violet\u00A0marmalade"],
    ["case", "Marmalade", "marmalade"],
    ["compatible letters", "of\uFB01ce", "office"],
    ["half a character", "\u{1F600}marmalade", "\uD83Dmarmalade"],
    ["what stands for lost bytes", "\u00FFmarmalade", "\uFFFDmarmalade"],
  ])("%s", async (_, password, other) => {
    const stored = await Password.hash(password);
    expect(await Password.matches(password, stored)).toBe(true);
    expect(await Password.matches(other, stored)).toBe(false);
  });

  it("one that is typed composed and one decomposed are the same", async () => {
    const stored = await Password.hash("caf\u00E9 marmalade");
    expect(await Password.matches("cafe\u0301 marmalade", stored)).toBe(true);
  });
});

describe("a stored hash", () => {
  it("tells its scheme, its cost of 10 or more, and a salt of its own", async () => {
    const hashes = await Promise.all(Array.from({ length: 5 }, () => Password.hash("marmalade")));
    const salts = hashes.map(
      (hash) => /^hs384\.[0-9a-f]{8}-bcrypt\$2b\$10\$([./A-Za-z0-9]{22})[./A-Za-z0-9]{31}$/.exec(hash)?.[1],
    );
    expect(salts).not.toContain(undefined);
    expect(new Set(salts).size).toBe(5);
  });

  it("is made at the cost of PASSWORD_COST, and outdated at any other", async () => {
    const ten = await Password.hash("marmalade");
    expect(await Password.isOutdated(ten)).toBe(false);
    setSetting("PASSWORD_COST", "11");
    expect(await Password.isOutdated(ten)).toBe(true);
    const eleven = await Password.hash("marmalade");
    expect(eleven).toMatch(/^hs384\.[0-9a-f]{8}-bcrypt\$2b\$11\$/);
    expect(await Password.isOutdated(eleven)).toBe(false);
    expect(await Password.matches("marmalade", ten)).toBe(true);
  });

  it("may be one of Argon2id, with its parameters and a salt of its own, and each kind is outdated where the other is set", async () => {
    const withBcrypt = await Password.hash("marmalade");
    setSetting("PASSWORD_HASH", "argon2id");
    expect(await Password.isOutdated(withBcrypt)).toBe(true);
    expect(await Password.matches("marmalade", withBcrypt)).toBe(true);
    const [one, other] = [await Password.hash("marmalade"), await Password.hash("marmalade")];
    expect(one).toMatch(
      /^hs384\.[0-9a-f]{8}-argon2id\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(other).not.toBe(one);
    expect(await Password.isOutdated(one)).toBe(false);
    expect(await Password.matches("marmalade", one)).toBe(true);
    expect(await Password.matches("marmalad\u0451", one)).toBe(false);
    setSetting("PASSWORD_HASH", "bcrypt");
    expect(await Password.isOutdated(one)).toBe(true);
    expect(await Password.matches("marmalade", one)).toBe(true);
  });

  it("of Argon2id is verified at the cost that it names, and outdated at any other than today's", async () => {
    setSetting("PASSWORD_HASH", "argon2id");
    const stored = await Password.hash("marmalade");
    const renamed = stored.replace("t=2", "t=3");
    expect(await Password.matches("marmalade", renamed)).toBe(false);
    expect(await Password.isOutdated(renamed)).toBe(true);
  });

  const bcryptText = `$2b$10$${"a".repeat(53)}`;
  it.each([
    "",
    "marmalade",
    bcryptText,
    `hs384-bcrypt${bcryptText.slice(0, -1)}`,
    `hs384-bcrypt${bcryptText}a`,
    `hs384-bcrypt${bcryptText}\n`,
    ` hs384-bcrypt${bcryptText}`,
    `hs384-bcrypt${bcryptText.replace("2b", "2a")}`,
    `hs384-bcrypt${bcryptText.replace("10", "1x")}`,
    `hs256-bcrypt${bcryptText}`,
    `hs384-bcrypt$2b$10$${"!".repeat(53)}`,
    `hs384.-bcrypt${bcryptText}`,
    `hs384.0123456-bcrypt${bcryptText}`,
    `hs384.0123456789-bcrypt${bcryptText}`,
    `hs384.01234567-scrypt${bcryptText}`,
    `hs384.01234567-argon2id${bcryptText}`,
    `hs384.01234567-bcrypt$argon2id$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"a".repeat(43)}`,
    `hs384.01234567-argon2id$argon2i$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"a".repeat(43)}`,
    `hs384.01234567-argon2id$argon2id$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"a".repeat(42)}`,
  ])("that is damaged is never a match and never a wrong password: %j", async (stored) => {
    await expect(Password.matches("marmalade", stored)).rejects.toThrow(TypeError);
    await expect(Password.isOutdated(stored)).rejects.toThrow("a stored password hash is damaged");
  });
});

describe("without a stored hash", () => {
  it.each(["10", "11"])("the same work is done at today's cost of %s, and nothing matches", async (cost) => {
    setSetting("PASSWORD_COST", cost);
    const compare = vi.spyOn(bcrypt, "compare");
    expect(await Password.matches("marmalade", undefined)).toBe(false);
    const [[prehash, against] = []] = compare.mock.calls;
    expect(prehash).toMatch(/^[A-Za-z0-9+/]{64}$/);
    expect(against).toMatch(new RegExp(`^\\$2b\\$${cost}\\$[./A-Za-z0-9]{53}$`));
    // A hash that bcrypt would not read is answered false without any rounds.
    expect(bcrypt.getRounds(against ?? "")).toBe(Number(cost));
    expect(bcrypt.getSalt(against ?? "")).toHaveLength(29);
  });

  it("one of Argon2id is compared with where those are made, and nothing matches", async () => {
    setSetting("PASSWORD_HASH", "argon2id");
    const compare = vi.spyOn(bcrypt, "compare");
    expect(await Password.matches("marmalade", undefined)).toBe(false);
    expect(compare).not.toHaveBeenCalled();
  });

  it("nothing matches even where bcrypt says so", async () => {
    vi.spyOn(bcrypt, "compare").mockImplementation(async () => true);
    expect(await Password.matches("marmalade", undefined)).toBe(false);
  });
});

it.each([
  ["more than 1,024 bytes", "p".repeat(1025)],
  ["more than 1,024 bytes in fewer characters", cjk.repeat(342)],
  ["a megabyte", "p".repeat(1024 * 1024)],
  ["half a character", "marmalade\uDC00"],
])("%s is no password of anybody, and is not hashed to find out", async (_, password) => {
  const stored = await Password.hash("marmalade");
  const compare = vi.spyOn(bcrypt, "compare");
  expect(await Password.matches(password, stored)).toBe(false);
  expect(await Password.matches(password, undefined)).toBe(false);
  expect(compare).not.toHaveBeenCalled();
});

describe("what makes a password acceptable", () => {
  const about = { email: "wilhelmina@example.com" };

  async function weaknessOf(password: string): Promise<string | undefined> {
    try {
      await Password.assertAcceptable(password, about);
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== "weak_password") throw error;
      expect(error.fields.map(({ pointer }) => pointer)).toEqual(["/password"]);
      return error.fields[0]?.message;
    }
    return undefined;
  }

  it("is told of the field that it stands in", async () => {
    const fields = [{ pointer: "/newPassword", message: await weaknessOf("short") }];
    await expect(Password.assertAcceptable("short", about, "/newPassword")).rejects.toMatchObject({ fields });
  });

  it("is its length in characters, not in bytes or code units", async () => {
    expect(await weaknessOf("\u{1F511}\u{1F6AA}\u{1F319}\u{1F30A}")).toContain("8 characters");
    expect(await weaknessOf("\u6F22\u5B57\u732B\u72AC\u9CE5\u9B5A\u82B1\u6708")).toBeUndefined();
    expect(await weaknessOf("vq8#mzt")).toContain("8 characters");
    expect(await weaknessOf("vq8#mztk")).toBeUndefined();
  });

  it("is the length this stage asks for", async () => {
    setSetting("PASSWORD_MIN_LENGTH", "15");
    expect(await weaknessOf("vq8#mztk w4xd9")).toContain("15 characters");
    expect(await weaknessOf("vq8#mztk w4xd9j")).toBeUndefined();
  });

  it("is not one kind of character or another, and 64 of any script are fine", async () => {
    const scripts = [
      "violet marmalade tram",
      "\u0444\u0438\u043E\u043B\u0435\u0442\u043E\u0432\u044B\u0439 \u0447\u0430\u0439",
    ];
    const long = Array.from({ length: 64 }, (_, index) => String.fromCodePoint(0x4e00 + index * 37)).join("");
    for (const password of [...scripts, long]) expect(await weaknessOf(password)).toBeUndefined();
  });

  it("is that it is not the product's name, neither ours nor what this stage calls it", async () => {
    expect(await weaknessOf("tulipwerk#1!")).toBeUndefined();
    setSetting("APP_NAME", "Tulipwerk");
    for (const password of ["tulipwerk#1!", "GateHouse#1!"]) {
      expect(await weaknessOf(password)).toContain("the name of this service");
    }
  });

  it("is that it was in no breach, and nobody is asked about one that the rules refuse", async () => {
    const ranges = await startRangeServer();
    ranges.know("vq8#mztk", "password1");
    setSetting("BREACHED_PASSWORD_URL", ranges.url);
    expect(await weaknessOf("vq8#mztk")).toBeUndefined();
    setSetting("BREACHED_PASSWORD_CHECK", "hibp");
    expect(await weaknessOf("vq8#mztk")).toContain("breach");
    expect(await weaknessOf("vq8#mztl")).toBeUndefined();
    expect(await weaknessOf("password1")).toContain("most used");
    expect(ranges.requests()).toHaveLength(2);
    ranges.stop();
  });

  it("is that it is not long beyond reason, broken, common or the owner's own email", async () => {
    expect(await weaknessOf("p".repeat(1025))).toContain("1,024 bytes");
    expect(await weaknessOf("marmalade tram\uD800")).toBeTypeOf("string");
    expect(await weaknessOf("password123")).toBeTypeOf("string");
    expect(await weaknessOf("wilhelmina")).toBeTypeOf("string");
  });
});

describe("the pepper", () => {
  const [first, second, third] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString("base64url"));

  it("stands in the hash by a name that tells nothing of it", async () => {
    setPepper(`${first}`);
    const stored = await Password.hash("marmalade");
    const [, name = ""] = /^hs384\.([0-9a-f]{8})-/.exec(stored) ?? [];
    expect(Buffer.from(String(first), "base64url").toString("hex")).not.toContain(name);
    expect(await Password.hash("violet")).toContain(`hs384.${name}-`);
  });

  it("that is turned leaves every password good, and each is outdated until it is made anew", async () => {
    setPepper(`${first}`);
    const stored = await Password.hash("marmalade");
    setPepper(`${third},${second},${first}`);
    expect(await Password.matches("marmalade", stored)).toBe(true);
    expect(await Password.matches("violet", stored)).toBe(false);
    expect(await Password.isOutdated(stored)).toBe(true);
    expect(await Password.isOutdated(await Password.hash("marmalade"))).toBe(false);
  });

  it("that a function has not heard of yet is looked for, at most every ten seconds", async () => {
    setPepper(`${second},${first}`);
    const stored = await Password.hash("marmalade");
    setPepper(`${first}`);
    const start = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    expect(await Password.matches("marmalade", stored)).toBe(false);
    storePepper(`${second},${first}`);
    expect(await Password.matches("marmalade", stored)).toBe(false);
    vi.setSystemTime(start + 10_000);
    expect(await Password.matches("marmalade", stored)).toBe(true);
    vi.useRealTimers();
  });

  it("that was retired takes its passwords along, after as much work as ever", async () => {
    setPepper(`${first}`);
    const stored = await Password.hash("marmalade");
    setPepper(`${second}`);
    const compare = vi.spyOn(bcrypt, "compare");
    expect(await Password.matches("marmalade", stored)).toBe(false);
    expect(compare).toHaveBeenCalledOnce();
    compare.mockImplementation(async () => true);
    expect(await Password.matches("marmalade", stored)).toBe(false);
    expect(await Password.isOutdated(stored)).toBe(true);
  });

  it("of a hash that names none is the oldest", async () => {
    setPepper(`${first}`);
    const stored = (await Password.hash("marmalade")).replace(/^hs384\.\w+-/, "hs384-");
    expect(await Password.matches("marmalade", stored)).toBe(true);
    expect(await Password.isOutdated(stored)).toBe(true);
    setPepper(`${second},${first}`);
    expect(await Password.matches("marmalade", stored)).toBe(true);
  });

  it("of another stage makes every stored hash worthless", async () => {
    const stored = await Password.hash("marmalade");
    setPepper(Buffer.alloc(32, 7).toString("base64url"));
    expect(await Password.matches("marmalade", stored)).toBe(false);
  });

  it.each(["undefined", "short", "A".repeat(42), "!".repeat(100), `${first},short`, `${first},`])(
    "%j is refused",
    async (pepper) => {
      setPepper(pepper);
      const refusal = "PASSWORD_PEPPER: should be at least 32 random bytes in base64url";
      await expect(Password.hash("marmalade")).rejects.toThrow(refusal);
      await expect(Password.matches("marmalade", undefined)).rejects.toThrow(refusal);
    },
  );
});
