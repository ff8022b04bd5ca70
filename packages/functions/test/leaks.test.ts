import { routes } from "@gatehouse/contract";
import { writeLog, writeMail } from "@gatehouse/core/log";
import { describe, expect, it } from "vitest";
import { handle } from "../src/handle.ts";
import { handler as login } from "../src/login.ts";
import { handler as refresh } from "../src/refresh.ts";
import { call } from "./call.ts";
import { newCode } from "./codes.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "./cookies.ts";
import { rememberMail, rememberSecrets, takeLeaks } from "./leaks.ts";
import { newEmail, newPerson, password } from "./people.ts";
import { captureStdout } from "./stdout.ts";

/** Each test takes the leaks it makes, so that this file does not fail for them. */
const stdout = captureStdout();

const write = (text: string) => process.stdout.write(`${text}\n`);

/** The secrets of which this line is told to hold one. */
const leaksOf = (line: string) => {
  write(line);
  return takeLeaks();
};

describe("a leak is found of", () => {
  it("a password in a request's body, in whatever field of it", async () => {
    for (const field of ["password", "currentPassword", "newPassword", "token", "code", "refreshToken"]) {
      const secret = `the ${field} that nobody knows`;
      await call(login, { body: { email: newEmail(), [field]: secret } });
      expect(takeLeaks()).toEqual([]);
      expect(leaksOf(`{"reason":"no ${secret}!"}`)).toHaveLength(1);
    }
  });

  it("a body that a handler logs itself", async () => {
    const leaky = handle(routes.login, ({ body }) => {
      write(JSON.stringify({ body }));
      throw new Error("no");
    });
    await call(leaky, { body: { email: newEmail(), password: "words that only one person knows" } });
    expect(takeLeaks()).toEqual([
      expect.stringMatching(/^"words that only one person knows" in \{"body":\{/),
    ]);
  });

  it("both tokens of a log-in's answer, and of one in a cookie", async () => {
    const { email } = await newPerson();
    const { body } = await call(login, { body: { email, password } });
    const inCookie = await call(login, {
      headers: fromOurPage,
      body: { email, password, transport: "cookie" },
    });
    for (const secret of [body.token, body.refreshToken, inCookie.body.token, tokenInCookie(inCookie)]) {
      expect(leaksOf(`{"reason":"of ${secret}"}`).join()).toContain(secret);
    }
  });

  it("a cookie and an access token that a request brings", async () => {
    await call(refresh, {
      headers: { ...fromOurPage, authorization: "Bearer nobodys-access-token" },
      cookies: [cookieOf("nobodys-refresh-token")],
    });
    takeLeaks();
    expect(leaksOf("it was nobodys-refresh-token")).toHaveLength(1);
    expect(leaksOf("it was nobodys-access-token")).toHaveLength(1);
  });

  it("what is mailed: the link's token and the digits", async () => {
    const { token, undo, digits } = await newCode("verify_email", await newPerson());
    for (const secret of [token, undo, digits]) expect(leaksOf(`{"reason":"${secret}"}`)).toHaveLength(1);
    rememberMail("Type 271828 or open https://app.example.com/verify-email#token=of-the-link\n");
    for (const secret of ["of-the-link", "271828"]) expect(leaksOf(`{"reason":"${secret}"}`)).toHaveLength(1);
  });

  it("the password of the tests' people, and a secret with marks that JSON escapes", () => {
    rememberSecrets('a "quoted"\nword');
    expect(leaksOf(JSON.stringify({ password }))).toHaveLength(1);
    expect(leaksOf(JSON.stringify({ word: 'a "quoted"\nword' }))).toHaveLength(1);
  });

  it("a token or a password's hash that nobody told of", () => {
    expect(leaksOf(`{"reason":"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"}`)).toHaveLength(1);
    expect(leaksOf(`{"reason":"hs384-bcrypt$2b$10$abcdefghijklmnopqrstuv"}`)).toHaveLength(1);
    expect(leaksOf(`{"reason":"$argon2id$v=19$m=19456,t=2,p=1$abcdefghijklmnopqrstuv"}`)).toHaveLength(1);
  });
});

describe("what is written by another way is watched as well:", () => {
  const ways = {
    "process.stderr": (text: string) => process.stderr.write(`${text}\n`),
    "bytes instead of a text": (text: string) => process.stdout.write(Buffer.from(`${text}\n`)),
    "console.log": (text: string) => console.log({ text }),
    "console.error": (text: string) => console.error("%s", text),
  };

  it.each(Object.entries(ways))("%s", (name, write) => {
    const secret = `written by ${name} on purpose`;
    rememberSecrets(secret);
    write(secret);
    expect(takeLeaks().join()).toContain(secret);
  });
});

describe("no leak is found", () => {
  it("of digits that stand in a longer number or a word, or of a word that stands in another", () => {
    rememberSecrets("314159", "password");
    for (const line of [
      '{"time":1314159265,"id":"ab314159"}',
      '{"code":"wrong_password"}',
      '{"error":{"code":"weak_password"}}',
    ]) {
      expect(leaksOf(line)).toEqual([]);
    }
    expect(leaksOf('{"code":"314159"}')).toHaveLength(1);
    expect(leaksOf('{"durationMs":314159}')).toHaveLength(1);
  });

  it("of a number in the time of a line", () => {
    rememberSecrets("12.345");
    expect(leaksOf('{"timestamp":"2026-11-28T04:43:12.345Z"}')).toEqual([]);
    expect(leaksOf('{"timestamp":"2026-11-28T04:43:12.345Z","code":"12.345"}')).toHaveLength(1);
  });

  it("of a person's id, nor of what is too short to be a secret", async () => {
    const { user } = await newPerson();
    rememberSecrets(user.id, "login", "", undefined, 7);
    expect(leaksOf(JSON.stringify({ userId: user.id, route: "login", status: 7 }))).toEqual([]);
  });

  it("in a mail that MAIL_TRANSPORT=console writes, and in nothing that only looks like one", () => {
    const text = "Your code is 161803.";
    rememberMail(text);
    writeMail({ to: "anna@example.com", subject: "A code", text });
    expect(stdout.text()).toContain("161803");
    expect(takeLeaks()).toEqual([]);
    expect(leaksOf(JSON.stringify({ message: "mail", text }))).toHaveLength(1);
  });

  it("twice: what was taken is forgotten", () => {
    expect(leaksOf(password)).toHaveLength(1);
    writeLog({ message: "request" });
    expect(takeLeaks()).toEqual([]);
  });
});
