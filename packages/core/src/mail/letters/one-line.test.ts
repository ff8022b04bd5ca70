import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneLine, shownAddress } from "./one-line.ts";

describe("a text on one line", () => {
  it.each([
    ["a header of its own", "Acme\r\nBcc: all@example.com", "Acme Bcc: all@example.com"],
    ["a line separator", "Acme\u2028123456", "Acme 123456"],
    ["a null character", "Ac\u0000me", "Ac me"],
    ["a turned direction", "Acme \u202Emoc.live", "Acme moc.live"],
    ["half a character", "Acme\uD83D", "Acme\uFFFD"],
    ["spaces around it", "  Acme  Ltd ", "Acme Ltd"],
    ["letters of any script and emoji", "Ümläut 東京 👩‍💻", "Ümläut 東京 👩‍💻"],
  ])("with %s", (_, text, shown) => {
    expect(oneLine(text)).toBe(shown);
  });

  it("property: whatever it was, it has no control character and stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });
});

describe("an address in a mail", () => {
  it.each(["anna@example.com", "Anna.O'Neill+news_1-x@mail.example.co.uk"])(
    "%s is shown as it is",
    (address) => {
      expect(shownAddress(address)).toBe(address);
    },
  );

  it.each([
    ["www.evil.example/win?now@example.com", "…@example.com"],
    ["www.evil.example#@example.com", "…@example.com"],
    ["<b>@example.com", "…@example.com"],
    ["a@b@example.com", "…@example.com"],
    ["anna\r\n@example.com", "…@example.com"],
  ])("%j, which might become a link or a line, is shown by its domain", (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });

  it("without an @ is still one line", () => {
    expect(shownAddress("no\naddress")).toBe("no address");
  });
});
