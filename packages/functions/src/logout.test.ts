import * as Session from "@gatehouse/core/session";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { recordedEvent } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage } from "../test/cookies.ts";
import { loseAnswers } from "../test/dynamodb-requests.ts";
import type { Request } from "../test/event.ts";
import { logInAgain, newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import { handler } from "./logout.ts";
import * as refresh from "./refresh.ts";

captureStdout();

const cleared = "__Host-gatehouse-refresh=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";

let person: Person;
beforeEach(async () => {
  person = await newPerson();
});

const logOut = (request: Request) => call(handler, { path: "/logout", ...request });

/** The ways to log out, and what each clears. */
const ways: [string, () => Request, string[]][] = [
  ["refresh token", () => ({ body: { refreshToken: person.refreshToken } }), []],
  ["cookie", () => ({ cookies: [cookieOf(person.refreshToken)], headers: fromOurPage }), [cleared]],
  ["access token", () => ({ headers: { authorization: `Bearer ${person.token}` } }), []],
  ["access token without a scheme", () => ({ headers: { authorization: person.token } }), []],
];

const effectOf = async (token: string) =>
  (await authorizer(recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`))).policyDocument.Statement[0]
    ?.Effect;

describe.each(ways)("logging out by %s", (_name, request, cookies) => {
  it("answers 204, and nothing of the session works any more", async () => {
    const next = await call(refresh.handler, { body: { refreshToken: person.refreshToken } });
    expect(await logOut(request())).toMatchObject({ status: 204, text: "", cookies });
    for (const token of [person.token, next.body.token]) expect(await effectOf(token)).toBe("Deny");
    for (const refreshToken of [person.refreshToken, next.body.refreshToken]) {
      const { status, body } = await call(refresh.handler, { body: { refreshToken } });
      expect([status, body.code]).toEqual([401, "session_ended"]);
    }
  });

  it("answers the same where the session has ended, and harms nobody", async () => {
    await Session.end(person.user.id, person.context.sessionId);
    const before = await readTable();
    expect(await logOut(request())).toMatchObject({ status: 204, cookies });
    expect(await readTable()).toEqual(before);
  });

  it("leaves the person's other sessions alone", async () => {
    const other = await logInAgain(person);
    await logOut(request());
    expect(await effectOf(other.token)).toBe("Allow");
  });

  it("clears nothing while the table does not answer, and works when it does", async () => {
    loseAnswers(3);
    expect(await logOut(request())).toMatchObject({ status: 503, cookies: [] });
    expect((await logOut(request())).status).toBe(204);
    expect(await effectOf(person.token)).toBe("Deny");
  });
});

it.each([
  ["text", "garbage"],
  ["nothing", ""],
  ["an access token", () => person.token],
  ["a tampered token", () => person.refreshToken.replace(/.$/, (last) => (last === "A" ? "B" : "A"))],
  ["8,000 characters", "x".repeat(8000)],
])("a cookie that holds %s is cleared, and ends nothing", async (_name, value) => {
  const before = await readTable();
  const token = typeof value === "string" ? value : value();
  const answer = await logOut({ cookies: [cookieOf(token)], headers: fromOurPage });
  expect(answer).toMatchObject({ status: 204, cookies: [cleared] });
  expect(await readTable()).toEqual(before);
});

it.each([
  ["nothing", {}, "invalid_refresh_token"],
  ["a refresh token that is none", { body: { refreshToken: "none" } }, "invalid_refresh_token"],
  ["a header that is none", { headers: { authorization: "Basic dGVzdDp4" } }, "invalid_refresh_token"],
  ["an access token that is none", { headers: { authorization: "Bearer a.b.c" } }, "invalid_token"],
])("with %s it is refused and clears nothing", async (_name, request, code) => {
  const { status, body, cookies } = await logOut(request);
  expect([status, body.code, cookies]).toEqual([401, code, []]);
});

it("an access token that has expired ends nothing", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: person.context.exp * 1000 });
  const { status, body } = await logOut({ headers: { authorization: `Bearer ${person.token}` } });
  vi.useRealTimers();
  expect([status, body.code]).toEqual([401, "invalid_token"]);
});

it("a log-out that races twenty refreshes wins: after it nothing of the session works", async () => {
  const refreshing = Array.from({ length: 20 }, () =>
    call(refresh.handler, { body: { refreshToken: person.refreshToken } }),
  );
  const [{ status }, ...answers] = await Promise.all([
    logOut({ body: { refreshToken: person.refreshToken } }),
    ...refreshing,
  ]);
  expect(status).toBe(204);
  const outcomes = new Set(answers.map((answer) => answer.body.code ?? "refreshed"));
  expect([...outcomes].filter((code) => code !== "refreshed" && code !== "session_ended")).toEqual([]);
  for (const { body } of answers) if (body.token) expect(await effectOf(body.token)).toBe("Deny");
  for (const { body } of answers) {
    const again = await call(refresh.handler, {
      body: { refreshToken: body.refreshToken ?? person.refreshToken },
    });
    expect(again.body.code).toBe("session_ended");
  }
});
