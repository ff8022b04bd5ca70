import { isIPv4, isIPv6 } from "node:net";

/**
 * The source that a request is counted for: an IPv4 address, or the first 64 bits of an IPv6 address, because one
 * household or server has all the addresses below them (RFC 6177). An IPv4 address in IPv6 clothes is itself. What is
 * no address shares one name, so that nothing goes uncounted.
 */
export function sourceOf(sourceIp: string): string {
  if (isIPv4(sourceIp)) return sourceIp;
  const [address = ""] = sourceIp.split("%");
  if (!isIPv6(address)) return "unknown";
  const groups = expand(address);
  const mapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (mapped)
    return groups
      .slice(6)
      .flatMap((group) => bytesOf(group))
      .join(".");
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** Its eight groups, without leading zeros. The URL parser knows every spelling and writes one (RFC 5952). */
function expand(address: string): readonly string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
}

function bytesOf(group: string): readonly [number, number] {
  const number = Number.parseInt(group, 16);
  return [number >> 8, number & 0xff];
}
