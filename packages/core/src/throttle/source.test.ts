import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceOf } from "./source.ts";

describe("the source of a request", () => {
  it.each(["192.0.2.1", "0.0.0.0", "255.255.255.255"])("from %s is that IPv4 address", (address) => {
    expect(sourceOf(address)).toBe(address);
  });

  const spellings = [
    "2001:db8:0:1:0:0:0:9",
    "2001:DB8:0:1::9",
    "2001:0db8:0000:0001:0000:0000:0000:0009",
    "2001:db8:0:1::0.0.0.9",
    "2001:db8:0:1::9%eth0",
    "2001:db8:0:1::9%25",
  ];
  it.each(spellings)("spelt %s is one of them all", (address) => {
    expect(sourceOf(address)).toBe("2001:db8:0:1::/64");
  });

  it("with another address below the same 64 bits is the same, and beyond them another", () => {
    expect(sourceOf("2001:db8:0:1:ffff:ffff:ffff:ffff")).toBe(sourceOf("2001:db8:0:1::"));
    expect(sourceOf("2001:db8:0:2::9")).not.toBe(sourceOf("2001:db8:0:1::9"));
  });

  it.each([
    ["::", "0:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["0:0:0:1::", "0:0:0:1::/64"],
    ["1:2:3:4:5:6:7:8", "1:2:3:4::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["::2:3:4:5:6:7:8", "0:2:3:4::/64"],
    ["fe80::1%lo0", "fe80:0:0:0::/64"],
  ])("from %s is %s", (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });

  it.each(["::ffff:192.0.2.1", "::FFFF:c000:201", "0:0:0:0:0:ffff:192.0.2.1", "::ffff:192.0.2.1%eth0"])(
    "from %s, an IPv4 address in IPv6 clothes, is the IPv4 address",
    (address) => {
      expect(sourceOf(address)).toBe("192.0.2.1");
    },
  );

  it.each(["::192.0.2.1", "::ffff:0:192.0.2.1", "64:ff9b::192.0.2.1", "1::ffff:192.0.2.1"])(
    "from %s is an IPv6 address like any other",
    (address) => {
      expect(sourceOf(address)).toMatch(/::\/64$/);
    },
  );

  const none = [
    "",
    "unknown",
    "192.0.2",
    "192.0.2.01",
    "192.0.2.256",
    " 192.0.2.1",
    "192.0.2.1\n",
    "192.0.2.1, 198.51.100.1",
    "192.0.2.1:443",
    "192.0.2.1%eth0",
    "[::1]",
    "::1::",
    "::1/64",
    "%::1",
    "１９２.0.2.1",
    "\ud800",
    "__proto__",
  ];
  it.each(none)("that is %j, no address, is one for all", (text) => {
    expect(sourceOf(text)).toBe("unknown");
  });

  it("property: is a short name of one of three shapes, whatever the text", () => {
    const texts = fc.oneof(fc.string({ unit: "binary" }), fc.ipV4(), fc.ipV6(), fc.ipV4Extended());
    const shape = /^(?:unknown|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){3}::\/64)$/;
    fc.assert(
      fc.property(texts, (text) => {
        expect(sourceOf(text)).toMatch(shape);
      }),
    );
  });

  it("property: is the same for every spelling of an IPv6 address", () => {
    const groups = fc.array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (numbers) => {
        const hex = numbers.map((number) => number.toString(16));
        const long = hex.map((group) => group.padStart(4, "0").toUpperCase()).join(":");
        expect(sourceOf(long)).toBe(sourceOf(hex.join(":")));
        expect(sourceOf(`${hex.join(":")}%zone`)).toBe(sourceOf(long));
        expect(sourceOf(long)).toBe(`${hex.slice(0, 4).join(":")}::/64`);
      }),
    );
  });
});
