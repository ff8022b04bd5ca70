import { limits } from "@gatehouse/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recordedEvent } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { type MailedCode, newCode } from "../test/codes.ts";
import { clearOutbox, delayedJobs, failNext } from "../test/outbox.ts";
import { logInAgain, newPerson, type Person, password } from "../test/people.ts";
import { newPassword } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import * as login from "./login.ts";
import * as refresh from "./refresh.ts";
import { handler } from "./reset-password.ts";

const stdout = captureStdout();

let person: Person;
let code: MailedCode;
beforeEach(async () => {
  person = await newPerson();
  code = await newCode("reset_password", person);
  clearOutbox();
});
afterEach(() => {
  vi.useRealTimers();
});

const reset = (body: unknown) => call(handler, { path: "/password/reset", body });
const logIn = (word: string) => call(login.handler, { body: { email: person.email, password: word } });
const effectOf = async (token: string) =>
  (await authorizer(recordedEvent("HTTP REQUEST 2.0", token))).policyDocument.Statement[0]?.Effect;

describe("resetting a password", () => {
  it("answers 204 and no token: nobody is logged in by it, and only the new password logs in", async () => {
    const answer = await reset({ token: code.token, password: newPassword });
    expect([answer.status, answer.text, answer.cookies]).toEqual([204, "", []]);
    expect([(await logIn(password)).status, (await logIn(newPassword)).status]).toEqual([401, 200]);
  });

  it("ends every session and every refresh token, and counts the address as verified", async () => {
    const other = await logInAgain(person);
    await reset({ token: code.token, password: newPassword });
    for (const { token, refreshToken } of [person, other]) {
      expect(await effectOf(token)).toBe("Deny");
      const { status, body } = await call(refresh.handler, { body: { refreshToken } });
      expect([status, body.code]).toEqual([401, "session_ended"]);
    }
    expect((await logIn(newPassword)).body.user.emailVerified).toBe(true);
  });

  it("works once: the second is refused, and what the first set stays", async () => {
    await reset({ token: code.token, password: newPassword });
    const again = await reset({ token: code.token, password: "a third phrase altogether" });
    expect([again.status, again.body.code]).toEqual([400, "invalid_code"]);
    expect((await logIn(newPassword)).status).toBe(200);
  });

  it("of ten at a time with one link, each with its own password, sets exactly one", async () => {
    const words = Array.from({ length: 10 }, (_, turn) => `lantern number ${turn} over Ghent`);
    const answers = await Promise.all(words.map((word) => reset({ token: code.token, password: word })));
    const winners = words.filter((_, turn) => answers[turn]?.status === 204);
    expect(winners).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 204) expect([status, body.code]).toEqual([400, "invalid_code"]);
    for (const word of words) {
      expect((await logIn(word)).status).toBe(winners.includes(word) ? 200 : 401);
      // Wrong ones in a row have to wait for each other.
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + limits.password.longestWaitSeconds * 1000 });
    }
  });

  it("with a weak password is refused with its rule and spends nothing", async () => {
    const before = await readTable();
    const { status, body } = await reset({ token: code.token, password: "password1" });
    expect([status, body.code]).toEqual([422, "weak_password"]);
    expect(body.errors).toEqual([{ pointer: "/password", message: expect.any(String) }]);
    expect(await readTable()).toEqual(before);
    expect((await reset({ token: code.token, password: newPassword })).status).toBe(204);
  });

  it("tells of a weak password only who has a link that works", async () => {
    const token = `${code.token.slice(0, -4)}AAAA`;
    expect((await reset({ token, password: "password1" })).body.code).toBe("invalid_code");
  });

  it("leaves a job that tells the owner, and one that looks for sessions stored late", async () => {
    await reset({ token: code.token, password: newPassword });
    const { id: userId } = person.user;
    expect(delayedJobs()).toMatchObject([
      { job: { kind: "tidy", userId }, delaySeconds: 60 },
      { job: { kind: "password_changed", userId }, delaySeconds: 0 },
    ]);
  });

  it("answers 503 and changes nothing where the queue takes nothing; then the same link works", async () => {
    const before = await readTable();
    failNext(2, "queue");
    expect((await reset({ token: code.token, password: newPassword })).status).toBe(503);
    expect(await readTable()).toEqual(before);
    expect((await reset({ token: code.token, password: newPassword })).status).toBe(204);
  });

  it.each([
    ["no token", () => ({ password: newPassword }), "/token"],
    ["no password", () => ({ token: code.token }), "/password"],
    ["a token that is a list", () => ({ token: [code.token], password: newPassword }), "/token"],
    ["a token that is too long", () => ({ token: "a".repeat(129), password: newPassword }), "/token"],
    ["a password that is a number", () => ({ token: code.token, password: 12345678901234 }), "/password"],
    [
      "a password of 1,025 characters",
      () => ({ token: code.token, password: "é".repeat(1025) }),
      "/password",
    ],
    ["an email", () => ({ token: code.token, password: newPassword, email: person.email }), "/email"],
  ])("with %s is refused with 422 and a pointer", async (_name, sent, pointer) => {
    const { status, body } = await reset(sent());
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it("tells its log neither the token nor the password", async () => {
    await reset({ token: code.token, password: newPassword });
    await reset({ token: code.token, password: newPassword });
    for (const secret of [code.token, newPassword, person.email, "bcrypt"])
      expect(stdout.text()).not.toContain(secret);
  });
});
