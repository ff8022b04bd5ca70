import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { refusalOf } from "./guard.ts";

function ask(headers: IncomingHttpHeaders = {}, { method = "GET", remoteAddress = "127.0.0.1" } = {}) {
  const message = { method, headers: { host: "localhost:3000", ...headers }, socket: { remoteAddress } };
  return refusalOf(message as unknown as IncomingMessage);
}

test.each(["localhost", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"])(
  "it may be asked as %s",
  (host) => {
    expect(ask({ host })).toBeUndefined();
  },
);

test.each([
  "evil.example:3000",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "evil.example#localhost",
  "localhost:99999",
  "192.0.2.1:3000",
  "",
])("it may not be asked as %j, whoever points that name here", (host) => {
  expect(ask({ host })).toBe("Open these pages as localhost or 127.0.0.1.");
});

test("it may not be asked without a Host", () => {
  expect(ask({ host: undefined })).toBe("Open these pages as localhost or 127.0.0.1.");
});

test.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])(
  "this machine may ask as %s",
  (remoteAddress) => {
    expect(ask({}, { remoteAddress })).toBeUndefined();
  },
);

test.each(["192.0.2.1", "::ffff:192.0.2.1", "fe80::1", "::11", ""])("%j may not ask", (remoteAddress) => {
  expect(ask({}, { remoteAddress })).toBe("These pages are for the machine that Gatehouse runs on.");
});

test.each(["x-forwarded-for", "forwarded"])("what sends %s may not ask", (name) => {
  expect(ask({ [name]: "192.0.2.1" })).toBe("These pages are not for proxies: open them without one.");
});

test.each([
  [{ "sec-fetch-site": "cross-site" }, "Another page may not do this."],
  [{ "sec-fetch-site": "same-site", origin: "http://localhost:5173" }, "Another page may not do this."],
  [{ origin: "http://evil.example" }, "Another page may not do this."],
  [{ "sec-fetch-site": "same-origin", origin: "http://localhost:3000" }, undefined],
  [{ "sec-fetch-site": "none" }, undefined],
  [{}, undefined],
])("a change that comes with %j is answered with %j", (headers, refusal) => {
  expect(ask(headers, { method: "DELETE" })).toBe(refusal);
  expect(ask(headers, { method: "POST" })).toBe(refusal);
  expect(ask(headers)).toBeUndefined();
});
