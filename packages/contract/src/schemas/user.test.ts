import { Ajv } from "ajv";
import type { TSchema } from "typebox";
import { describe, expect, it } from "vitest";
import { Credentials } from "./session.ts";
import { Locale, Name, Password, Picture, ProfileChange, Registration, User } from "./user.ts";

// As scripts/build-validators.ts compiles them.
const ajv = new Ajv({ allErrors: true, coerceTypes: false });

function accepts(schema: TSchema): (value: unknown) => boolean {
  const validate = ajv.compile(schema);
  return (value) => validate(value);
}

describe("a password on its way in", () => {
  const isPassword = accepts(Password);

  it.each(["", " ", "p", "\0", "\n", "p".repeat(1024), "\u{1F511}".repeat(64)])(
    "may be %.20j",
    (password) => {
      expect(isPassword(password)).toBe(true);
    },
  );

  it.each([12345678, null, true, ["password"], {}, "p".repeat(1025)])("is not %.20j", (password) => {
    expect(isPassword(password)).toBe(false);
  });
});

describe("a name", () => {
  const isName = accepts(Name);

  it.each([
    "A",
    "Anna B.",
    "O'Neil",
    "\u5C71\u7530\u592A\u90CE",
    "\u{1F511}",
    "n".repeat(100),
    "\u{1F511}".repeat(100),
    "<b>",
  ])("may be %.20j", (name) => {
    expect(isName(name)).toBe(true);
  });

  it.each(["", "n".repeat(101), "a\0", "a\nb", "a\tb", "\u007F", "\uD800", "a\uDC00b", 7, null])(
    "is not %.20j",
    (name) => {
      expect(isName(name)).toBe(false);
    },
  );
});

describe("a locale", () => {
  const isLocale = accepts(Locale);

  it.each(["en", "pt-BR", "zh-Hant-TW", "de-CH-1996", "yue", "sl-rozaj-biske-1994"])(
    "may be %s",
    (locale) => {
      expect(isLocale(locale)).toBe(true);
    },
  );

  it.each([
    "",
    "e",
    "en_US",
    "en-",
    "-en",
    "en--US",
    "en US",
    "\u0435n",
    `en${"-abcdefgh".repeat(4)}`,
    "../en",
  ])("is not %j", (locale) => {
    expect(isLocale(locale)).toBe(false);
  });
});

describe("a picture", () => {
  const isPicture = accepts(Picture);
  const start = "https://example.com/";

  it.each([
    `${start}a.png`,
    `${start}a.png?size=64#x`,
    "https://example.com:8443/%20",
    start.padEnd(2048, "a"),
  ])("may be at %.40s", (url) => {
    expect(isPicture(url)).toBe(true);
  });

  it.each([
    "",
    "https://",
    "http://example.com/a.png",
    "HTTPS://example.com/a.png",
    "//example.com/a.png",
    "javascript:alert(1)//https://example.com",
    "data:image/png;base64,AA",
    `${start}a b`,
    `${start}"onload="x`,
    `${start}'`,
    `${start}<svg>`,
    `${start}\``,
    `${start}\\`,
    `${start}\n`,
    `${start}\0`,
    `${start}\uD800`,
    start.padEnd(2049, "a"),
  ])("is not at %.40j", (url) => {
    expect(isPicture(url)).toBe(false);
  });
});

describe.each([
  ["a registration", Registration, { email: "test@example.com", password: "correct horse battery" }],
  ["a log-in", Credentials, { email: "test@example.com", password: "correct horse battery" }],
  ["a change of the profile", ProfileChange, { name: "Anna" }],
] as const)("the body of %s", (_, schema, good) => {
  const fits = accepts(schema);

  it("fits with what it needs", () => {
    expect(fits(good)).toBe(true);
  });

  it.each([
    "roles",
    "role",
    "emailVerified",
    "passwordHash",
    "userId",
    "id",
    "status",
    "pk",
    "sk",
    "constructor",
  ])("cannot set %s", (field) => {
    expect(fits({ ...good, [field]: "admin" })).toBe(false);
  });

  it("cannot set __proto__", () => {
    expect(fits(JSON.parse(`{"__proto__":{"roles":["admin"]},${JSON.stringify(good).slice(1)}`))).toBe(false);
  });

  it("is an object with every field it needs, of its own type", () => {
    for (const field of Object.keys(good)) {
      const { [field]: _, ...rest } = good as Record<string, unknown>;
      expect(fits(rest)).toBe(false);
      for (const value of [1, true, [], {}]) expect(fits({ ...good, [field]: value })).toBe(false);
    }
    for (const body of [null, [], "text", 1, [good]]) expect(fits(body)).toBe(false);
  });
});

it("a change may clear a field with null, and a registration may not", () => {
  for (const field of ["name", "locale", "picture"]) {
    expect(accepts(ProfileChange)({ [field]: null })).toBe(true);
    const registration = { email: "test@example.com", password: "correct horse battery", [field]: null };
    expect(accepts(Registration)(registration)).toBe(false);
  }
});

it("what is told of a user is this and nothing more", () => {
  const fields = [
    "id",
    "email",
    "emailVerified",
    "name",
    "locale",
    "picture",
    "roles",
    "createdAt",
    "updatedAt",
  ];
  expect(Object.keys(User.properties)).toEqual(fields);
  expect(User.required).toEqual(fields);
});
