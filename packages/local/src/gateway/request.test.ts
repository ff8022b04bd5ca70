import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { readRequest } from "./request.ts";

/** What `node:http` hands over, as far as it is read. */
function messageFrom(remoteAddress: string | undefined): IncomingMessage {
  const socket = { remoteAddress, localPort: 80 };
  return {
    method: "GET",
    url: "/",
    httpVersion: "1.1",
    rawHeaders: [],
    socket,
  } as unknown as IncomingMessage;
}

test.each([
  ["an IPv4 address", "192.0.2.1", "192.0.2.1"],
  ["an IPv4 address on a socket of IPv6", "::ffff:192.0.2.1", "192.0.2.1"],
  ["an IPv6 address", "2001:db8::1", "2001:db8::1"],
  ["a socket that is gone already", undefined, ""],
])("the source of %s is plain", (_what, remoteAddress, sourceIp) => {
  expect(readRequest(messageFrom(remoteAddress), "$default").sourceIp).toBe(sourceIp);
});
