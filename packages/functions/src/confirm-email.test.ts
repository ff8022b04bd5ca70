import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { type MailedCode, newCode, wrong } from "../test/codes.ts";
import { clearOutbox, jobs } from "../test/outbox.ts";
import { logInAgain, newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./confirm-email.ts";
import * as login from "./login.ts";
import * as me from "./me.ts";
import * as register from "./register.ts";

const stdout = captureStdout();

let person: Person;
let email: string;
let code: MailedCode;
beforeEach(async () => {
  person = await newPerson();
  email = `New.${newEmail()}`;
  code = await newCode("change_email", person, email);
  clearOutbox();
});

const confirm = (body: unknown, { context } = person) =>
  call(handler, { path: "/me/email/confirm", body, context });
const logIn = (address: string) => call(login.handler, { body: { email: address, password } });

describe("confirming a new email", () => {
  it.each([
    ["the token of the link", () => ({ token: code.token })],
    ["the digits", () => ({ code: code.digits })],
  ])("by %s answers the user as the next read does, once", async (_name, body) => {
    const { status, body: user } = await confirm(body());
    expect(status).toBe(200);
    expect(user).toEqual({
      ...person.user,
      email,
      emailVerified: true,
      updatedAt: expect.stringMatching(/Z$/),
    });
    const read = await call(me.handler, { method: "GET", context: person.context });
    expect(read.body).toEqual(user);
    expect((await confirm(body())).body.code).toBe("invalid_code");
  });

  it("logs in with the new email from then on, and the old one is anybody's", async () => {
    await confirm({ token: code.token });
    expect([(await logIn(person.email)).status, (await logIn(email.toLowerCase())).status]).toEqual([
      401, 200,
    ]);
    const { status, body } = await call(register.handler, { body: { email: person.email, password } });
    expect(status).toBe(201);
    expect(body.id).not.toBe(person.user.id);
  });

  it("from another session of the same person works as well", async () => {
    const elsewhere = await logInAgain(person);
    expect((await confirm({ token: code.token }, elsewhere)).status).toBe(200);
  });

  it("leaves a job that tells the address that was", async () => {
    await confirm({ token: code.token });
    expect(jobs()).toMatchObject([
      { kind: "email_changed", userId: person.user.id, oldEmail: person.email, newEmail: email },
    ]);
  });

  it("that was taken meanwhile answers 409, and the account is as it was", async () => {
    await call(register.handler, { body: { email, password } });
    const before = await readTable();
    const { status, body } = await confirm({ token: code.token });
    expect([status, body.code]).toEqual([409, "email_taken"]);
    expect(await readTable()).toEqual(before);
    expect((await logIn(person.email)).body.user.id).toBe(person.user.id);
  });

  it("by wrong digits is refused five times, and from then on by the right ones too, while the link works", async () => {
    for (let turn = 0; turn < 5; turn++) {
      expect((await confirm({ code: wrong(code.digits) })).body.code).toBe("invalid_code");
    }
    expect((await confirm({ code: code.digits })).body.code).toBe("invalid_code");
    expect((await confirm({ token: code.token })).status).toBe(200);
  });

  it.each([
    ["nothing", () => ({})],
    ["both", () => ({ token: code.token, code: code.digits })],
  ])("with %s is refused with 422, and spends nothing", async (_name, sent) => {
    const before = await readTable();
    const { status, body } = await confirm(sent());
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: "", message: "should have either token, or code, and nothing else" }],
    ]);
    expect(await readTable()).toEqual(before);
  });

  it.each([
    ["letters", { code: "abcdef" }, "/code"],
    ["a number", { code: 123_456 }, "/code"],
    ["null", { token: null }, "/token"],
    ["an empty list", { token: [] }, "/token"],
    ["a token that is too long", { token: "a".repeat(129) }, "/token"],
    ["an email", { token: "a", email: "a@example.com" }, "/email"],
  ])("with %s is refused with 422 and a pointer", async (_name, sent, pointer) => {
    const { status, body } = await confirm(sent);
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });

  it("tells its log neither address, token nor digits", async () => {
    await confirm({ code: wrong(code.digits) });
    await confirm({ token: code.token });
    for (const secret of [email, person.email, code.token, code.digits, wrong(code.digits)])
      expect(stdout.text()).not.toContain(secret);
  });
});
