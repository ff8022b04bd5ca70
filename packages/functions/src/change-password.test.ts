import { beforeEach, describe, expect, it } from "vitest";
import { recordedEvent } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { clearOutbox, delayedJobs, failNext } from "../test/outbox.ts";
import { logInAgain, newPerson, type Person, password } from "../test/people.ts";
import { newPassword } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts, readRecord, readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import { handler } from "./change-password.ts";
import * as login from "./login.ts";
import * as refresh from "./refresh.ts";
import * as resetPassword from "./reset-password.ts";

const stdout = captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  clearOutbox();
});

const change = (body: unknown, { context } = person) =>
  call(handler, { path: "/me/password", body, context });
const right = { currentPassword: password, newPassword };
const logIn = (word: string) => call(login.handler, { body: { email: person.email, password: word } });
const effectOf = async (token: string) =>
  (await authorizer(recordedEvent("HTTP REQUEST 2.0", token))).policyDocument.Statement[0]?.Effect;

describe("changing one's password", () => {
  it("answers how many other sessions ended, and only the new password logs in", async () => {
    await logInAgain(person);
    await logInAgain(person);
    const { status, body } = await change(right);
    expect([status, body]).toEqual([200, { ended: 2 }]);
    expect([(await logIn(password)).status, (await logIn(newPassword)).status]).toEqual([401, 200]);
  });

  it("keeps the session that asks, and ends every other with its refresh token", async () => {
    const other = await logInAgain(person);
    await change(right);
    const refreshing = ({ refreshToken }: Person) => call(refresh.handler, { body: { refreshToken } });
    expect([await effectOf(person.token), await effectOf(other.token)]).toEqual(["Allow", "Deny"]);
    const own = await refreshing(person);
    expect([own.status, await effectOf(own.body.token)]).toEqual([200, "Allow"]);
    expect((await refreshing(other)).body.code).toBe("session_ended");
  });

  it("with a wrong current password answers 403, which is on record, and changes nothing", async () => {
    const before = await readAccounts();
    const { status, body } = await change({ currentPassword: "not the password", newPassword });
    expect([status, body.code]).toEqual([403, "wrong_password"]);
    expect(await readAccounts()).toEqual(before);
    expect(await readRecord(person.user.id)).toEqual(["registered", "logged_in", "password_check_failed"]);
    expect(delayedJobs()).toEqual([]);
  });

  it("says nothing of the new password to who does not know the current one", async () => {
    const { body } = await change({ currentPassword: "not the password", newPassword: "password1" });
    expect(body.code).toBe("wrong_password");
  });

  it("to a weak one is refused with its rule, and changes nothing", async () => {
    const before = await readTable();
    for (const weak of ["short", "password1", person.email]) {
      const { status, body } = await change({ currentPassword: password, newPassword: weak });
      expect([status, body.code]).toEqual([422, "weak_password"]);
      expect(body.errors).toEqual([{ pointer: "/newPassword", message: expect.any(String) }]);
    }
    expect(await readTable()).toEqual(before);
  });

  it("voids the link that was mailed to reset it", async () => {
    const { token } = await newCode("reset_password", person);
    await change(right);
    const answer = await call(resetPassword.handler, {
      body: { token, password: "a third phrase altogether" },
    });
    expect(answer.body.code).toBe("invalid_code");
  });

  it("of five at a time with the same current one works once, and the others are told so", async () => {
    const words = Array.from({ length: 5 }, (_, turn) => `lantern number ${turn} over Ghent`);
    const answers = await Promise.all(
      words.map((word) => change({ currentPassword: password, newPassword: word })),
    );
    const winners = words.filter((_, turn) => answers[turn]?.status === 200);
    expect(winners).toHaveLength(1);
    const codes = answers.flatMap(({ status, body }) => (status === 200 ? [] : [body.code]));
    expect(new Set(codes)).toEqual(new Set(["wrong_password"]));
    for (const word of words) expect((await logIn(word)).status).toBe(winners.includes(word) ? 200 : 401);
  });

  it("answers 401 where the session or the person is gone, though a kept policy let it in", async () => {
    const other = await logInAgain(person);
    await change(right, other);
    const { status, body } = await change({ currentPassword: newPassword, newPassword: password });
    expect([status, body.code]).toEqual([401, "invalid_token"]);
    expect((await logIn(newPassword)).status).toBe(200);
  });

  it("leaves a job that tells the owner, and one that looks for sessions stored late", async () => {
    await change(right);
    const { id: userId } = person.user;
    expect(delayedJobs()).toMatchObject([
      { job: { kind: "tidy", userId }, delaySeconds: 60 },
      { job: { kind: "password_changed", userId }, delaySeconds: 0 },
    ]);
  });

  it("answers 503 and changes nothing where the queue takes nothing", async () => {
    const before = await readTable();
    failNext(2, "queue");
    expect((await change(right)).status).toBe(503);
    expect(await readTable()).toEqual(before);
  });

  it.each([
    ["no current password", { newPassword }, "/currentPassword"],
    ["no new one", { currentPassword: password }, "/newPassword"],
    ["null", { currentPassword: null, newPassword }, "/currentPassword"],
    ["a list", { currentPassword: password, newPassword: [newPassword] }, "/newPassword"],
    ["an object", { currentPassword: { $ne: "" }, newPassword }, "/currentPassword"],
    ["a person's id", { ...right, userId: "01k0qj3v5e8m2n4p6r8t0v2x4z" }, "/userId"],
  ])("with %s is refused with 422 and a pointer", async (_name, sent, pointer) => {
    const { status, body } = await change(sent);
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it("tells its log neither password", async () => {
    await change(right);
    await change(right);
    for (const secret of [password, newPassword, person.email]) expect(stdout.text()).not.toContain(secret);
  });
});
