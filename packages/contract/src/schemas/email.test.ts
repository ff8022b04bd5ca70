import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { Email } from "./user.ts";

describe("an email", () => {
  // As scripts/build-validators.ts compiles it.
  const isEmail = new Ajv({ allErrors: true, coerceTypes: false }).compile(Email);
  const label = "d".repeat(63);
  /** 64 characters, an at sign and a domain of the rest. */
  const ofLength = (length: number) =>
    `${"l".repeat(64)}@${`${label}.`.repeat(2)}${"e".repeat(length - 65 - 128)}`;

  it.each([
    "test@example.com",
    "Test.User@Example.COM",
    "a@b.cd",
    "1@2.34",
    "first.last+tag@sub.example.co.uk",
    "o'neil@example.ie",
    "!#$%&'*+/=?^_`{|}~-@example.com",
    "user@xn--bcher-kva.example",
    "user@1-2.3-4.example",
    ".dot@example.com",
    "dot.@example.com",
    "two..dots@example.com",
    `${"l".repeat(64)}@example.com`,
    `user@${label}.com`,
    ofLength(254),
  ])("is %.40s", (email) => {
    expect(isEmail(email)).toBe(true);
  });

  it.each([
    "",
    "@",
    "test",
    "test@",
    "@example.com",
    "test@localhost",
    "test@example",
    "test@example.",
    "test@.example.com",
    "test@example..com",
    "test@-example.com",
    "test@example-.com",
    "test@exa_mple.com",
    "test@example.com.",
    "test@@example.com",
    "te st@example.com",
    " test@example.com",
    "test@example.com ",
    "test@example.com\n",
    "test@example.com\r\nBcc: other@example.com",
    "test@example.com\0",
    "test@example.com,other@example.com",
    "Test <test@example.com>",
    '"test"@example.com',
    "test@[192.0.2.1]",
    "test#login@exam#ple.com",
    "t\u00E9st@example.com",
    "test@ex\u00E4mple.com",
    "\u212Aelvin@example.com",
    "test@\u212Aelvin.com",
    "test\u200B@example.com",
    "test\uFF20example.com",
    "\u{1F511}@example.com",
    "test\uD800@example.com",
    `${"l".repeat(65)}@example.com`,
    `user@${label}d.com`,
    ofLength(255),
  ])("is not %j", (email) => {
    expect(isEmail(email)).toBe(false);
  });

  it.each([undefined, null, 1, true, ["test@example.com"], { email: "test@example.com" }])(
    "is not %j",
    (email) => {
      expect(isEmail(email)).toBe(false);
    },
  );

  // A pattern that goes back over what it read would not come to the end of these within the life of this test.
  it.each([
    ["a long local part", "a".repeat(100_000)],
    ["dots", ".".repeat(100_000)],
    ["at signs", "@".repeat(100_000)],
    ["many labels", `a@${"a.".repeat(50_000)}`],
    ["labels and no end", `a@${"a.".repeat(50_000)}!`],
    ["hyphens", `a@a${"-".repeat(100_000)}`],
    ["labels of hyphens", `a@${"a-a.".repeat(25_000)}-`],
    ["full labels", `a@${`${label}.`.repeat(1500)}!`],
    ["254 characters", `${"a".repeat(64)}@${"a-".repeat(94)}!`],
  ])("is told from %s in one pass", (_, text) => {
    const { pattern } = Email as { pattern?: string };
    expect(new RegExp(pattern ?? "", "u").test(text)).toBe(false);
    expect(isEmail(text)).toBe(false);
  });
});
