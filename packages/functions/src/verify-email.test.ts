import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { type MailedCode, newCode, wrong } from "../test/codes.ts";
import { newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as me from "./me.ts";
import { handler } from "./verify-email.ts";

const stdout = captureStdout();

let person: Person;
let code: MailedCode;
beforeEach(async () => {
  person = await newPerson();
  code = await newCode("verify_email", person);
});

const verify = (body: unknown) => call(handler, { path: "/email/verify", body });

const isVerified = async () => {
  const { body } = await call(me.handler, { method: "GET", context: person.context });
  return body.emailVerified;
};

describe("verifying an email", () => {
  it.each([
    ["the token of a link", () => ({ token: code.token })],
    ["the email and the digits", () => ({ email: person.email, code: code.digits })],
    ["the email in another case", () => ({ email: person.email.toUpperCase(), code: code.digits })],
  ])("by %s answers 200 once, and tells nothing of the person", async (_name, body) => {
    const { status, body: answer } = await verify(body());
    expect([status, answer]).toEqual([200, { status: "VERIFIED" }]);
    expect(await isVerified()).toBe(true);
    const again = await verify(body());
    expect([again.status, again.body.code]).toEqual([400, "invalid_code"]);
  });

  it.each([
    ["nothing", () => ({})],
    ["an email alone", () => ({ email: person.email })],
    ["digits alone", () => ({ code: code.digits })],
    ["a token and digits", () => ({ token: code.token, code: code.digits })],
    ["a token and an email", () => ({ token: code.token, email: person.email })],
    ["all three", () => ({ token: code.token, email: person.email, code: code.digits })],
  ])("by %s is refused with 422, and spends nothing", async (_name, body) => {
    const before = await readTable();
    const { status, body: problem } = await verify(body());
    expect([status, problem.code]).toEqual([422, "validation_failed"]);
    expect(problem.errors).toEqual([
      { pointer: "", message: "should have either token, or email and code, and nothing else" },
    ]);
    expect(await readTable()).toEqual(before);
  });

  it.each([
    ["five digits", { code: "12345" }, "/code"],
    ["seven digits", { code: "1234567" }, "/code"],
    ["a number", { code: 123_456 }, "/code"],
    ["digits of another script", { code: "١٢٣٤٥٦" }, "/code"],
    ["digits and a line break", { code: "12345\n" }, "/code"],
    ["a list of digits", { code: ["1", "2"] }, "/code"],
    ["a token that is too long", { token: "a".repeat(129) }, "/token"],
    ["a token that is a number", { token: 1 }, "/token"],
    ["a token that is null", { token: null }, "/token"],
  ])("by %s is refused with 422 and a pointer", async (_name, part, pointer) => {
    const { status, body } = await verify({ email: person.email, ...part });
    expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it("by wrong digits is refused five times, and from then on by the right ones too, while the link works", async () => {
    const [email, digits] = [person.email, wrong(code.digits)];
    for (let turn = 0; turn < 5; turn++) {
      expect((await verify({ email, code: digits })).body.code).toBe("invalid_code");
    }
    expect((await verify({ email, code: code.digits })).body.code).toBe("invalid_code");
    expect(await isVerified()).toBe(false);
    expect((await verify({ token: code.token })).status).toBe(200);
  });

  it("of twenty at a time with one link works once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify({ token: code.token })));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    for (const { status, body } of answers) if (status === 400) expect(body.code).toBe("invalid_code");
  });

  it("tells its log neither address, token nor digits, and why it refused only there", async () => {
    await verify({ email: person.email, code: wrong(code.digits) });
    const { text } = await verify({ token: `${code.token.slice(0, -1)}!` });
    await verify({ token: code.token });
    for (const secret of [person.email, code.token, code.token.slice(30), code.digits, wrong(code.digits)])
      expect(stdout.text()).not.toContain(secret);
    expect(stdout.lines()).toMatchObject([
      { error: { code: "invalid_code", reason: "another" } },
      { error: { code: "invalid_code", reason: "another" } },
      { status: 200 },
    ]);
    expect(text).not.toContain("another");
  });
});
