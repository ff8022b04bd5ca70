/** Why a new password is refused reaches who sent it, by every route that takes one; the password reaches no log. */
import { forgetConfig } from "@gatehouse/core/config";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sha1Of, startRangeServer } from "../../core/test/range-server.ts";
import { type Answer, call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { password as currentPassword, newEmail, newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import * as changePassword from "./change-password.ts";
import * as register from "./register.ts";
import * as resetPassword from "./reset-password.ts";

const stdout = captureStdout();

const ranges = await startRangeServer();
afterAll(() => ranges.stop());

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  vi.stubEnv("BREACHED_PASSWORD_CHECK", "hibp");
  vi.stubEnv("BREACHED_PASSWORD_URL", ranges.url);
  forgetConfig();
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

const leaked = "amber pagoda 57 kites";

const routes: readonly [name: string, pointer: string, send: (password: string) => Promise<Answer>][] = [
  [
    "registration",
    "/password",
    (password) => call(register.handler, { body: { email: newEmail(), password } }),
  ],
  [
    "change",
    "/newPassword",
    (newPassword) =>
      call(changePassword.handler, { body: { currentPassword, newPassword }, context: person.context }),
  ],
  [
    "reset",
    "/password",
    async (password) => {
      const { token } = await newCode("reset_password", person);
      return call(resetPassword.handler, { body: { token, password } });
    },
  ],
];

/** Neither the password, as it is or as JSON writes it, nor what was asked about it. */
function expectNotLogged(password: string): void {
  const digest = sha1Of(password);
  const secrets = [password, JSON.stringify(password).slice(1, -1), digest, `range/${digest.slice(0, 5)}`];
  for (const secret of secrets) expect(stdout.text()).not.toContain(secret);
  expect(stdout.text()).not.toContain(digest.toLowerCase());
}

describe.each(routes)("at a %s", (_, pointer, send) => {
  it.each([
    ["a common password", "sunshine1", "weak_password", /most used passwords/],
    ["a password of a breach", leaked, "weak_password", /was found in a data breach/],
    ["half a character", "violet marmalade\uD83D", "weak_password", /broken character/],
    ["1,026 bytes in 342 characters", "漢".repeat(342), "weak_password", /longer than 1,024 bytes/],
    ["1,025 letters", "violet ".repeat(147).slice(0, 1025), "validation_failed", /1,024 bytes/],
  ])("%s is refused and told why, and does not reach the log", async (_, password, code, reason) => {
    ranges.know(leaked);
    const { status, body } = await send(password);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.errors).toEqual([{ pointer, message: expect.stringMatching(reason) }]);
    expect(stdout.lines()).toMatchObject([{ message: "request", status: 422 }]);
    expectNotLogged(password);
  });

  it.each([["violet marmalade 93 tram"], ["  violet\0marmalade\t93 tram  "], ["фиолетовый \u{1F511} чай"]])(
    "%j is taken and does not reach the log",
    async (password) => {
      ranges.know(leaked);
      expect((await send(password)).status).toBeLessThan(300);
      expect(stdout.lines()).toMatchObject([{ message: "request" }]);
      expectNotLogged(password);
    },
  );

  it("where nobody could say whether it was in a breach, the log says that and no more", async () => {
    ranges.answerWith(({ url }, response) => response.end(`no such page: ${url}`));
    expect((await send(leaked)).status).toBeLessThan(300);
    expect(stdout.lines()).toMatchObject([
      { message: "a password was not looked up among breached ones" },
      { message: "request" },
    ]);
    expectNotLogged(leaked);
  });
});
