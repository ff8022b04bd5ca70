import { isIPv4 } from "node:net";
import { expect, it } from "vitest";
import { loopback } from "./sources.ts";

it("a network's addresses are of this machine, and differ", () => {
  const addresses = Array.from({ length: 1000 }, (_, index) => loopback("botnet", index));
  expect(addresses.every((address) => isIPv4(address) && address.startsWith("127."))).toBe(true);
  expect(new Set(addresses).size).toBe(1000);
  expect([addresses[0], addresses[253], addresses[254]]).toEqual(["127.6.0.1", "127.6.0.254", "127.6.1.1"]);
});

it("the last address is followed by the first, and no two networks share one", () => {
  expect(loopback("samples", 256 * 254 - 1)).toBe("127.2.255.254");
  expect(loopback("samples", 256 * 254)).toBe(loopback("samples", 0));
  expect(loopback("samples", 7)).not.toBe(loopback("homes", 7));
});
