import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setSecrets } from "../../test/stage-keys.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { newId, randomHex } from "../id.ts";
import { purposes } from "./code.entity.ts";
import { isSame, linkToken, type Seed, typedCode } from "./derive.ts";

/** A key and a person that are the same on every run, so that what is derived from them is too. */
const CODE_KEY = Buffer.alloc(32, 7).toString("base64url");
const userId = "01j00000000000000000000000";

beforeAll(() => setSecrets({ CODE_KEY }));
afterAll(() => setSecrets({}));

function seed(number = 0, changes: Partial<Seed> = {}): Seed {
  return { userId, purpose: "verify_email", nonce: number.toString(16).padStart(32, "0"), ...changes };
}

function macOf(token: string): Buffer {
  return Buffer.from(token.split(".")[1] ?? "", "base64url");
}

/** The first of many seeds whose digits look like this. */
async function seedWith(pattern: RegExp): Promise<Seed> {
  for (let number = 0; number < 50_000; number += 1) {
    if (pattern.test(await typedCode(seed(number)))) return seed(number);
  }
  throw new Error("no seed has such digits");
}

describe("the token of a link", () => {
  it("names its person and carries 256 bits", async () => {
    const token = await linkToken(seed());
    expect(token).toMatch(/^01j00000000000000000000000\.[\w-]{43}$/);
    expect(macOf(token)).toHaveLength(32);
  });

  it("is the same however often it is derived", async () => {
    expect(await linkToken(seed())).toBe(await linkToken({ ...seed() }));
  });

  it("is another for every nonce, purpose, use and person", async () => {
    const seeds = Array.from({ length: 200 }, (_, number) => seed(number));
    const people = [userId, newId(), newId()];
    const others = people.flatMap((each) =>
      purposes.map((purpose) => seed(0xffff, { userId: each, purpose })),
    );
    const all = [...seeds, ...others];
    const tokens = await Promise.all(all.flatMap((each) => [linkToken(each), linkToken(each, "undo")]));
    expect(new Set(tokens.map((token) => macOf(token).toString("hex"))).size).toBe(all.length * 2);
  });

  it("is another for another stage", async () => {
    const token = await linkToken(seed());
    setSecrets({ CODE_KEY: generateSecrets().CODE_KEY });
    const foreign = await linkToken(seed());
    setSecrets({ CODE_KEY });
    expect(foreign).not.toBe(token);
    expect(await linkToken(seed())).toBe(token);
  });

  it("of none of its bytes depends on the nonce alone", async () => {
    const [one, other] = await Promise.all([linkToken(seed(1)), linkToken(seed(1, { userId: newId() }))]);
    expect(macOf(one).equals(macOf(other))).toBe(false);
  });
});

describe("the typed code", () => {
  it("is six digits, whatever the nonce", async () => {
    const seeds = Array.from({ length: 2000 }, () => seed(0, { nonce: randomHex() }));
    for (const each of seeds) expect(await typedCode(each)).toMatch(/^[0-9]{6}$/);
  });

  it.each([/^0/, /^00/, /^000/])("keeps its leading zeros: %s", async (zeros) => {
    const digits = await typedCode(await seedWith(zeros));
    expect(digits).toHaveLength(6);
    expect(digits).toMatch(zeros);
  });

  it("uses every digit in every place about as often", async () => {
    const codes = await Promise.all(Array.from({ length: 2000 }, (_, number) => typedCode(seed(number))));
    for (let place = 0; place < 6; place += 1) {
      const counts = Array.from({ length: 10 }, (_, digit) =>
        codes.filter((code) => code[place] === `${digit}`),
      );
      for (const { length } of counts) expect(Math.abs(length - 200)).toBeLessThan(75);
    }
  });

  it("is no part of a link, which is derived apart from it", async () => {
    const [spend, undo, digits] = await Promise.all([
      linkToken(seed()),
      linkToken(seed(), "undo"),
      typedCode(seed()),
    ]);
    for (const token of [spend, undo]) {
      const derived = String(macOf(token).readUIntBE(0, 6) % 1_000_000).padStart(6, "0");
      expect(derived).not.toBe(digits);
    }
  });
});

describe("two texts are the same", () => {
  it("where they are, and nowhere else", () => {
    expect(isSame("123456", "123456")).toBe(true);
    for (const other of ["", "123457", "12345", "1234567", "１２３４５６", "123456\0", "\ud800"])
      expect(isSame(other, "123456")).toBe(false);
  });
});
