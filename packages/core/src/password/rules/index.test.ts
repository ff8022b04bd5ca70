import { createHash } from "node:crypto";
import { dictionary } from "@zxcvbn-ts/language-common";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { findWeakness } from "./index.ts";

const about = { email: "john.smith@example.com", name: "John Smith", minLength: 8 };

test.each([
  ["password", /one of the most used passwords/],
  ["P@ssw0rd!", /one of the most used passwords/],
  ["Summer2024!", /one of the most used passwords/],
  ["monkey1234567", /one of the most used passwords/],
  ["passwordpassword1985!", /one of the most used passwords/],
  ["pass1985word", /one of the most used passwords/],
  ["John.Smith@Example.com", /your email, your name/],
  ["htimsnhoj99", /your email, your name/],
  ["Gatehouse1!", /name of this service/],
  ["13.07.1985", /a date/],
  ["abcdefgh", /usual order/],
  ["87654321", /usual order/],
  ["poiuytrewq", /neighbouring keys/],
  ["aaaaaaaa", /over and over/],
  ["abcabcabc", /over and over/],
  ["short", /shorter than 8 characters/],
])("%s is refused with the reason", (password, reason) => {
  expect(findWeakness(password, about)).toMatch(reason);
});

test.each([
  "correct horse battery",
  "tiger lamp river stone",
  "tigerlampriverstone",
  "k7#Qz!mP2v",
  "qwerty is a silly layout",
  "password of my grandmother",
  "gatehouse opens at nine",
  "John likes red apples",
  "correct horse qwerty",
  "  spaces at both ends  ",
  "onlylowercaseletters",
  "สวัสดีชาวโลก",
  "密码是一个很长的句子",
])("%s is accepted", (password) => {
  expect(findWeakness(password, about)).toBeUndefined();
});

test("64 characters of a script of three bytes each are accepted", () => {
  const password = String.fromCodePoint(...Array.from({ length: 64 }, (_, index) => 0x4e00 + index));
  expect(findWeakness(password, about)).toBeUndefined();
});

test("the first 3,000 common passwords that are long enough are all refused", () => {
  const policyMatching = dictionary["passwords-common"].filter((password) => password.length >= 8);
  const first = policyMatching.slice(0, 3000);
  expect(first).toHaveLength(3000);
  expect(first.filter((password) => !findWeakness(password, about))).toEqual([]);
});

test("of 20,000 random passwords of 10 characters at most 4 are refused", () => {
  const random = Array.from({ length: 20_000 }, (_, index) =>
    createHash("sha256").update(String(index)).digest("base64url").slice(0, 10),
  );
  expect(random.filter((password) => findWeakness(password, about)).length).toBeLessThanOrEqual(4);
});

test("length counts the code points of the composed form", () => {
  expect(findWeakness("🦊🐻🐼🐨🐯🦁🐮", about)).toMatch(/shorter than 8/);
  expect(findWeakness("🦊🐻🐼🐨🐯🦁🐮🐷", about)).toBeUndefined();
  expect(findWeakness("xkv\u0065\u0301qzw", about)).toMatch(/shorter than 8/);
});

test("the minimum length is a setting", () => {
  expect(findWeakness("k7#Qz!mP2v", { ...about, minLength: 15 })).toBe(
    "is shorter than 15 characters; add a few words",
  );
});

test("an account without a name is checked as well", () => {
  expect(findWeakness("gatehouse", { email: "a@b.co", minLength: 8 })).toMatch(/name of this service/);
});

test("1,024 bytes are accepted and one more is refused, counted in UTF-8", () => {
  const longest = createHash("shake256", { outputLength: 512 }).update("a").digest("hex");
  expect(findWeakness(longest, about)).toBeUndefined();
  expect(findWeakness(`${longest}x`, about)).toMatch(/longer than 1,024 bytes/);
  expect(findWeakness("密".repeat(342), about)).toMatch(/longer than 1,024 bytes/);
});

test("lone surrogates are refused", () => {
  expect(findWeakness("k7#Qz!mP2v\ud800", about)).toMatch(/broken character/);
});

test("too long or broken input is refused before any work on it", () => {
  const normalize = vi.spyOn(String.prototype, "normalize");
  findWeakness("a".repeat(10_000_000), about);
  findWeakness("k7#Qz!mP2v\udc00", about);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});

test("no string makes it throw, and the answer is a sentence or nothing", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1100 }),
    fc.string({ unit: fc.constantFrom(..."1a!é密 \u0000\ud800\ud83d😀"), maxLength: 1100 }),
    fc
      .array(fc.constantFrom("john", "qwerty", "1234", "1985", "aaa", "password", "gate", "house"))
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(anything, (password) => {
      const weakness = findWeakness(password, about);
      expect(weakness === undefined || /^(is|has) /.test(weakness)).toBe(true);
    }),
  );
});

test.each(["password", "qwertyuiop", "12345678", "johnsmith", "gatehouse", "aaaaaaaa", "13.07.1985"])(
  "%s is refused alone and accepted among other words",
  (part) => {
    expect(findWeakness(part, about)).toBeDefined();
    expect(findWeakness(`tulip ${part} harbor`, about)).toBeUndefined();
  },
);
