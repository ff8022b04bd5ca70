import { beforeEach, describe, expect, it } from "vitest";
import { recordedEvent } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { clearOutbox, delayedJobs, failNext } from "../test/outbox.ts";
import { logInAgain, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts, readRecord, readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import { handler } from "./delete-me.ts";
import * as login from "./login.ts";
import * as refresh from "./refresh.ts";
import * as register from "./register.ts";

const stdout = captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  clearOutbox();
});

const leave = (body: unknown = { password }) =>
  call(handler, { method: "DELETE", path: "/me", body, context: person.context });
const effectOf = async (token: string) =>
  (await authorizer(recordedEvent("HTTP REQUEST 2.0", token))).policyDocument.Statement[0]?.Effect;

describe("deleting one's account", () => {
  it("answers a receipt that names nobody, and the table holds nothing of them", async () => {
    await logInAgain(person);
    await newCode("verify_email", person);
    const { status, body, text } = await leave();
    expect(status).toBe(200);
    expect(body).toEqual({
      receiptId: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/),
      erasedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      // Profile, log-in, two sessions, a code, and on record three events and their mark.
      itemsErased: 9,
    });
    const { user, email, context } = person;
    for (const part of [user.id, email, context.sessionId]) {
      expect(text).not.toContain(part);
      expect(JSON.stringify(await readTable())).not.toContain(part);
    }
  });

  it("ends every token of theirs, and the email registers somebody else", async () => {
    const elsewhere = await logInAgain(person);
    await leave();
    for (const { token, refreshToken } of [person, elsewhere]) {
      expect(await effectOf(token)).toBe("Deny");
      expect((await call(refresh.handler, { body: { refreshToken } })).body.code).toBe("session_ended");
    }
    const { email } = person;
    expect((await call(login.handler, { body: { email, password } })).status).toBe(401);
    const { status, body } = await call(register.handler, { body: { email, password } });
    expect(status).toBe(201);
    expect(body.id).not.toBe(person.user.id);
    expect(await effectOf(person.token)).toBe("Deny");
  });

  it.each([
    ["a wrong password", { password: "not the password" }, 403, "wrong_password"],
    ["an empty one", { password: "" }, 403, "wrong_password"],
    ["none", {}, 422, "validation_failed"],
    ["a list", { password: [password] }, 422, "validation_failed"],
    ["true", { password: true }, 422, "validation_failed"],
    ["somebody's id besides", { password, userId: "x" }, 422, "validation_failed"],
    ["an empty body", "", 400, "invalid_json"],
  ])("with %s is refused, and nothing is deleted or queued", async (_name, sent, status, code) => {
    const before = await readAccounts();
    const answer = await leave(sent);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await readAccounts()).toEqual(before);
    const guesses = code === "wrong_password" ? ["password_check_failed"] : [];
    expect(await readRecord(person.user.id)).toEqual(["registered", "logged_in", ...guesses]);
    expect(delayedJobs()).toEqual([]);
  });

  it("twice at a time deletes once, and the other is refused cleanly", async () => {
    const answers = await Promise.all([leave(), leave()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it("leaves jobs that look for what was written late and tell the address, without a name", async () => {
    await leave();
    const { user, email } = person;
    expect(delayedJobs()).toMatchObject([
      { job: { kind: "tidy", userId: user.id }, delaySeconds: 60 },
      { job: { kind: "account_deleted", email }, delaySeconds: 0 },
    ]);
  });

  it("answers 503 and deletes nothing where the queue takes nothing", async () => {
    const before = await readTable();
    failNext(2, "queue");
    expect((await leave()).status).toBe(503);
    expect(await readTable()).toEqual(before);
  });

  it("tells its log neither the address nor the password", async () => {
    await leave({ password: "a slip of the tongue" });
    await leave();
    expect(stdout.text()).not.toMatch(/@example\.com|slip of the tongue|correct horse/);
  });
});
