import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { type MailedCode, newCode } from "../test/codes.ts";
import { newEmail, newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as confirmEmail from "./confirm-email.ts";
import { handler } from "./undo-email-change.ts";

captureStdout();

let person: Person;
let code: MailedCode;
beforeEach(async () => {
  person = await newPerson();
  code = await newCode("change_email", person, newEmail());
});

const undo = (body: unknown) => call(handler, { path: "/email/undo", body });
const confirm = (body: unknown) => call(confirmEmail.handler, { body, context: person.context });

describe("calling off a change of email", () => {
  it("answers 204, and then neither link nor digits confirm it", async () => {
    const answer = await undo({ token: code.undo });
    expect([answer.status, answer.text]).toEqual([204, ""]);
    for (const body of [{ token: code.token }, { code: code.digits }]) {
      expect((await confirm(body)).body.code).toBe("invalid_code");
    }
  });

  it("works once", async () => {
    const answers = await Promise.all([undo({ token: code.undo }), undo({ token: code.undo })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 400]);
    expect((await undo({ token: code.undo })).body.code).toBe("invalid_code");
  });

  it("comes too late once it is confirmed, and undoes nothing", async () => {
    await confirm({ token: code.token });
    const before = await readTable();
    const { status, body } = await undo({ token: code.undo });
    expect([status, body.code]).toEqual([400, "invalid_code"]);
    expect(await readTable()).toEqual(before);
  });

  it("does not take the link that confirms, nor a confirmation the one that calls off", async () => {
    const before = await readTable();
    expect((await undo({ token: code.token })).body.code).toBe("invalid_code");
    expect((await confirm({ token: code.undo })).body.code).toBe("invalid_code");
    expect(await readTable()).toEqual(before);
  });

  it("either wins or loses against a confirmation at the same moment, never both", async () => {
    const [called, confirmed] = await Promise.all([
      undo({ token: code.undo }),
      confirm({ token: code.token }),
    ]);
    expect([[204, 400].join(), [400, 200].join()]).toContain([called.status, confirmed.status].join());
  });

  it.each([
    ["no token", {}, "/token"],
    ["digits", { code: "123456" }, "/code"],
    ["an object", { token: {} }, "/token"],
    ["a token that is too long", { token: "a".repeat(129) }, "/token"],
  ])("with %s is refused with 422 and a pointer", async (_name, sent, pointer) => {
    const { status, body } = await undo(sent);
    expect(status).toBe(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});
