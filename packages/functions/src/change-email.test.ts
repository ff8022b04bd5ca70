import { forgetConfig } from "@gatehouse/core/config";
import * as User from "@gatehouse/core/user";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { clearOutbox, failNext, jobs } from "../test/outbox.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { doJobs } from "../test/post.ts";
import { captureStdout } from "../test/stdout.ts";
import { readPeople } from "../test/table.ts";
import { handler } from "./change-email.ts";

const stdout = captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  clearOutbox();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

const change = (body: unknown, more: object = {}) =>
  call(handler, { path: "/me/email", body, context: person.context, ...more });

describe("asking for another email", () => {
  it("answers 202, leaves one job behind and changes nothing", async () => {
    const before = await readPeople();
    const email = newEmail();
    const { status, body } = await change({ email, password });
    expect([status, body]).toEqual([202, { status: "ACCEPTED" }]);
    expect(jobs()).toEqual([
      { id: expect.any(String), kind: "change_email", userId: person.user.id, newEmail: email },
    ]);
    expect(await readPeople()).toEqual(before);
  });

  it("tells the address that is before it asks the one that is to be, each with its own link", async () => {
    const email = newEmail();
    await change({ email, password });
    const letters = await doJobs();
    expect(letters.map(({ to }) => to)).toEqual([person.email, email]);
    expect(letters[0]?.text).toContain("https://app.example.com/undo-email-change#token=");
    expect(letters[1]?.text).toContain("https://app.example.com/confirm-email#token=");
    expect(letters[1]?.text).not.toContain(person.email);
  });

  it("with a wrong password answers 403 and queues nothing", async () => {
    const { status, body } = await change({ email: newEmail(), password: "not the password" });
    expect([status, body.code]).toEqual([403, "wrong_password"]);
    expect(jobs()).toEqual([]);
  });

  it("for the email it is already, in whatever case, is refused with a pointer", async () => {
    for (const email of [person.email, person.email.toUpperCase()]) {
      const { status, body } = await change({ email, password });
      expect([status, body.code]).toEqual([422, "validation_failed"]);
      expect(body.errors).toEqual([{ pointer: "/email", message: "is the email of the account already" }]);
    }
    expect(jobs()).toEqual([]);
  });

  it("answers 401 where the person was disabled, though a kept policy let it in", async () => {
    await User.setStatus(person.email, "disabled");
    const { status, body } = await change({ email: newEmail(), password });
    expect([status, body.code]).toEqual([401, "invalid_token"]);
    expect(jobs()).toEqual([]);
  });

  it("counts for its source with every other request that has mail sent", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "1");
    forgetConfig();
    vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 3_600_000) * 3_600_000 + 60_000 });
    const sourceIp = "2001:db8:1:2::1";
    expect((await change({ email: newEmail(), password }, { sourceIp })).status).toBe(202);
    const again = await change({ email: newEmail(), password }, { sourceIp: "2001:db8:1:2:ffff::2" });
    expect([again.status, again.body.code, again.headers["retry-after"]]).toEqual([
      429,
      "too_many_requests",
      "3540",
    ]);
    expect(jobs()).toHaveLength(1);
  });

  it("answers 503 where the queue takes nothing", async () => {
    failNext(2, "queue");
    const { status, body } = await change({ email: newEmail(), password });
    expect([status, body.code]).toEqual([503, "unavailable"]);
  });

  it.each([
    ["no email", { password }, "/email"],
    ["no password", { email: "a@example.com" }, "/password"],
    ["no address", { email: "nobody", password }, "/email"],
    ["an address with a line break", { email: "a@example.com\r\nBcc: b@example.com", password }, "/email"],
    ["a list", { email: ["a@example.com"], password }, "/email"],
    ["a number as password", { email: "a@example.com", password: 12345678 }, "/password"],
    ["a person's id", { email: "a@example.com", password, userId: "x" }, "/userId"],
  ])("with %s is refused with 422 and a pointer", async (_name, sent, pointer) => {
    const { status, body } = await change(sent);
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
    expect(jobs()).toEqual([]);
  });

  it("tells its log neither address nor password", async () => {
    await change({ email: newEmail(), password });
    await change({ email: newEmail(), password: "a slip of the tongue" });
    expect(stdout.lines()).toHaveLength(2);
    expect(stdout.text()).not.toMatch(/@example\.com|slip of the tongue|correct horse/);
  });
});
