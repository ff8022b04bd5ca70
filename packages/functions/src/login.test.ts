import { userScopes } from "@gatehouse/contract";
import * as Token from "@gatehouse/core/token";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../test/cookies.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./login.ts";

const stdout = captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const login = (body: unknown, more: object = {}) => call(handler, { path: "/login", body, ...more });

describe("logging in", () => {
  it("answers a token that verifies, its life, and the user", async () => {
    const { status, body } = await login({ email: person.email, password });
    expect(status).toBe(200);
    expect(body).toEqual({
      auth: true,
      status: "SUCCESS",
      token: expect.any(String),
      tokenType: "Bearer",
      expiresIn: 900,
      refreshToken: expect.any(String),
      refreshExpiresIn: 1_209_600,
      user: person.user,
    });
    const { sub, exp, iat, scope } = await Token.verify(body.token);
    expect([sub, exp - iat, scope]).toEqual([person.user.id, 900, userScopes.join(" ")]);
  });

  it("answers 401 the same, byte for byte, for a wrong password and for an unknown email", async () => {
    const wrong = await login({ email: person.email, password: "not this one" });
    const unknown = await login({ email: newEmail(), password });
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe("invalid_credentials");
    expect([unknown.status, unknown.headers, unknown.text]).toEqual([
      wrong.status,
      wrong.headers,
      wrong.text,
    ]);
  });

  it("refuses a password that no rule of today would accept as it refuses any wrong one", async () => {
    // As many as are free.
    const { email } = await newPerson();
    for (const tooBad of ["", "x", "\0", "\ud800", "é".repeat(1000)]) {
      const { status, body } = await login({ email, password: tooBad });
      expect([status, body.code]).toEqual([401, "invalid_credentials"]);
    }
  });

  it("notes in the session where the gateway saw the request come from, whatever the headers say", async () => {
    const forged = { "x-forwarded-for": "10.0.0.1", "x-real-ip": "10.0.0.2", forwarded: "for=10.0.0.3" };
    const more = { headers: forged, sourceIp: "203.0.113.99", userAgent: `${"x".repeat(255)}😀` };
    expect((await login({ email: person.email, password }, more)).status).toBe(200);
    const sessions = (await readTable()).filter(({ sk }) => String(sk?.["S"]).startsWith("session#"));
    expect(sessions.map(({ sourceIp }) => sourceIp?.["S"])).toContain("203.0.113.99");
    expect(JSON.stringify(sessions)).not.toContain("10.0.0.");
  });

  it("in cookie mode answers the refresh token in the cookie, and in the JSON nothing of it", async () => {
    const body = { email: person.email, password, transport: "cookie" };
    const answer = await login(body, { headers: fromOurPage });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).toSorted()).toEqual(
      ["auth", "expiresIn", "status", "token", "tokenType", "user"].toSorted(),
    );
    expect(answer.cookies).toHaveLength(1);
    expect(answer.cookies[0]).toMatch(/; Max-Age=1209600$/);
    const { sid } = await Token.verify(answer.body.token);
    expect(tokenInCookie(answer)).toContain(`${person.user.id}.${sid}.0.`);
  });

  it("sets no cookie where it was not asked to, nor where the password is wrong", async () => {
    const { email } = person;
    const asked = { email, password: "not this one", transport: "cookie" };
    for (const body of [{ email, password }, { email, password, transport: "bearer" }, asked]) {
      expect((await login(body, { headers: fromOurPage })).cookies).toEqual([]);
    }
  });

  it("starts another session each time, whatever session the cookie brings", async () => {
    const body = { email: person.email, password, transport: "cookie" };
    const cookies = [cookieOf(person.refreshToken)];
    const answer = await login(body, { headers: fromOurPage, cookies });
    const { sid } = await Token.verify(answer.body.token);
    expect(sid).not.toBe(person.context.sessionId);
    expect(tokenInCookie(answer)).toContain(sid);
  });

  it.each([
    ["transport", "header"],
    ["transport", ["cookie"]],
    ["transport", null],
    ["deviceLabel", ""],
    ["deviceLabel", "x".repeat(101)],
    ["deviceLabel", "a\nb"],
    ["deviceLabel", 7],
  ])("refuses the %s %j, and opens no session", async (field, value) => {
    const before = await readTable();
    const { status, body } = await login({ email: person.email, password, [field]: value });
    expect([status, body.errors[0].pointer]).toEqual([422, `/${field}`]);
    expect(await readTable()).toEqual(before);
  });

  it("adopts no id that a caller brings", async () => {
    const brought = "01k0qj3v5e8m2n4p6r8t0v2x4z";
    const more = {
      headers: { cookie: `session=${brought}`, "x-session-id": brought },
      query: { sessionId: brought },
      context: { ...person.context, sessionId: brought },
    };
    const { body } = await login({ email: person.email, password }, more);
    expect((await Token.verify(body.token)).sid).not.toBe(brought);
  });

  it("writes neither the password nor the token into the log", async () => {
    const { body } = await login({ email: person.email, password });
    await login({ email: person.email, password: "a slip of the tongue" });
    expect(stdout.lines()).toHaveLength(2);
    for (const secret of [password, "a slip of the tongue", body.token, body.refreshToken, person.email]) {
      expect(stdout.text()).not.toContain(secret);
    }
  });
});
