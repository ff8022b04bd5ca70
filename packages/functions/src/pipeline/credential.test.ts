import { beforeEach, describe, expect, it } from "vitest";
import { call, type Handler } from "../../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../../test/cookies.ts";
import type { Request } from "../../test/event.ts";
import { newPerson, type Person } from "../../test/people.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readTable } from "../../test/table.ts";
import * as logout from "../logout.ts";
import * as refresh from "../refresh.ts";
import * as sessions from "../sessions.ts";

captureStdout();

let ada: Person;
let bob: Person;
beforeEach(async () => {
  ada = await newPerson();
  bob = await newPerson();
});

const headers = fromOurPage;

async function isLoggedIn({ context }: Person): Promise<boolean> {
  const { body } = await call(sessions.handler, { method: "GET", context });
  return body.sessions.length > 0;
}

async function codeOf(handler: Handler, request: Request): Promise<string> {
  const { status, body } = await call(handler, request);
  return `${status} ${body?.code}`;
}

describe.each([
  ["refresh", refresh.handler],
  ["log-out", logout.handler],
])("a %s", (_name, handler) => {
  it.each([
    [
      "a body and a cookie",
      () => ({ body: { refreshToken: ada.refreshToken }, cookies: [cookieOf(bob.refreshToken)] }),
    ],
    [
      "the same token in body and cookie",
      () => ({ body: { refreshToken: ada.refreshToken }, cookies: [cookieOf(ada.refreshToken)] }),
    ],
    ["two cookies", () => ({ cookies: [cookieOf(ada.refreshToken), cookieOf(bob.refreshToken)] })],
    ["the same cookie twice", () => ({ cookies: [cookieOf(ada.refreshToken), cookieOf(ada.refreshToken)] })],
    [
      "an empty token and a cookie",
      () => ({ body: { refreshToken: "" }, cookies: [cookieOf(ada.refreshToken)] }),
    ],
    [
      "a token and an empty cookie",
      () => ({ body: { refreshToken: ada.refreshToken }, cookies: [cookieOf("")] }),
    ],
  ])("with %s is refused as ambiguous, and changes nothing", async (_what, request) => {
    const before = await readTable();
    const withToken = { ...headers, authorization: `Bearer ${ada.token}` };
    expect(await codeOf(handler, { ...request(), headers })).toBe("400 ambiguous_credentials");
    expect(await codeOf(handler, { ...request(), headers: withToken })).toBe("400 ambiguous_credentials");
    expect(await readTable()).toEqual(before);
  });

  it("with nothing at all is refused, and the challenge names no error", async () => {
    for (const body of [undefined, "", {}]) {
      const answer = await call(handler, { body });
      expect([answer.status, answer.body.code]).toEqual([401, "invalid_refresh_token"]);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
  });

  it("reads no cookie of another name, and no token from the query or a header of its own", async () => {
    const token = ada.refreshToken;
    const before = await readTable();
    const cookies = [
      `__Host-gatehouse-refresh2=${token}`,
      `gatehouse-refresh=${token}`,
      `__Secure-gatehouse-refresh=${token}`,
      `__host-gatehouse-refresh=${token}`,
      `x__Host-gatehouse-refresh=${token}`,
      `a=${cookieOf(token)}`,
      "__Host-gatehouse-refresh",
    ];
    const request = {
      cookies,
      query: { refreshToken: token, refresh_token: token },
      headers: { ...headers, "x-refresh-token": token, cookie: cookieOf(token) },
    };
    expect(await codeOf(handler, request)).toBe("401 invalid_refresh_token");
    expect(await readTable()).toEqual(before);
  });
});

it.each([
  ["null", null],
  ["a number", 7],
  ["a list", ["x"]],
  ["an object", { $ne: null }],
  ["513 characters", "x".repeat(513)],
])("a refresh token that is %s is no field of ours", async (_name, refreshToken) => {
  for (const handler of [refresh.handler, logout.handler]) {
    const { status, body } = await call(handler, { body: { refreshToken } });
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: "/refreshToken", message: "should be the refresh token" }],
    ]);
  }
});

describe("beside an access token of somebody else", () => {
  const bearer = () => ({ ...headers, authorization: `Bearer ${bob.token}` });

  it("a refresh is of whom the refresh token is", async () => {
    const byBody = await call(refresh.handler, {
      body: { refreshToken: ada.refreshToken },
      headers: bearer(),
    });
    expect(byBody.body.refreshToken).toContain(`${ada.user.id}.${ada.context.sessionId}.1.`);
    const byCookie = await call(refresh.handler, {
      cookies: [cookieOf(byBody.body.refreshToken)],
      headers: bearer(),
    });
    expect(tokenInCookie(byCookie)).toContain(`${ada.user.id}.${ada.context.sessionId}.2.`);
  });

  it.each([
    ["body", () => ({ body: { refreshToken: ada.refreshToken } })],
    ["cookie", () => ({ cookies: [cookieOf(ada.refreshToken)] })],
  ])("a log-out by %s ends the session of the refresh token and no other", async (_name, request) => {
    const { status } = await call(logout.handler, { ...request(), headers: bearer() });
    expect([status, await isLoggedIn(ada), await isLoggedIn(bob)]).toEqual([204, false, true]);
  });

  it("a refresh token that is none ends nothing by it", async () => {
    const request = { body: { refreshToken: "none" }, headers: bearer() };
    expect(await codeOf(logout.handler, request)).toBe("401 invalid_refresh_token");
    const cookie = { cookies: [cookieOf("none")], headers: bearer() };
    expect((await call(logout.handler, cookie)).status).toBe(204);
    expect(await isLoggedIn(bob)).toBe(true);
  });
});

it("a refresh takes no access token for a refresh token", async () => {
  const authorization = `Bearer ${ada.token}`;
  expect(await codeOf(refresh.handler, { headers: { authorization } })).toBe("401 invalid_refresh_token");
});
