import { afterEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../test/items.ts";
import { type MailedCode, mailedCode } from "../../test/mailed-codes.ts";
import { expectPeopleInStep } from "../../test/people-in-step.ts";
import { codeOf } from "../../test/refusal.ts";
import { atSecond, logIn } from "../../test/session.ts";
import { goodPassword, newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as Code from "../code/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const anotherPassword = "seven lanterns over Ghent";

/** What voids every code that was mailed: the account is no longer the one that the mail spoke of. */
const happenings: Record<string, (user: TestUser) => Promise<unknown>> = {
  "a change of password": async (user) => {
    const held = await logIn(await User.authenticate(user.email, user.password));
    return Account.changePassword(held, { currentPassword: user.password, newPassword: anotherPassword });
  },
  "a reset of the password": async (user) =>
    Account.resetPassword((await mailedCode("reset_password", user)).token, anotherPassword),
  "a ban that was lifted again": async ({ email }) => {
    await User.setStatus(email, "disabled");
    await User.setStatus(email, "active");
  },
  "a ban": ({ email }) => User.setStatus(email, "disabled"),
  "the end of the account": ({ id, password }) => Account.erase(id, password),
};

/** Every use of a code, each in a form that works while nothing has happened. */
async function mailedCodes(user: TestUser) {
  const verify = await mailedCode("verify_email", user);
  const change = await mailedCode("change_email", { id: user.id, email: newEmail("next") });
  return { verify, change };
}

/** The second of them where there is no longer anybody to act. */
const refusals = ["invalid_code", "invalid_token"];

async function expectVoid(user: TestUser, codes: { verify: MailedCode; change: MailedCode }) {
  const { verify, change } = codes;
  const { email } = user;
  expect(await codeOf(Account.verifyEmail({ token: verify.token }))).toBe("invalid_code");
  expect(await codeOf(Account.verifyEmail({ email, code: verify.digits }))).toBe("invalid_code");
  expect(refusals).toContain(await codeOf(Account.confirmEmail(user.id, { token: change.token })));
  expect(refusals).toContain(await codeOf(Account.confirmEmail(user.id, { code: change.digits })));
}

afterEach(() => {
  vi.useRealTimers();
});

describe.each(Object.entries(happenings))("after %s", (_, happen) => {
  it("no code to verify or to change the email works any more", async () => {
    await withTestUser("void", async (user) => {
      const codes = await mailedCodes(user);
      await happen(user);
      await expectVoid(user, codes);
      await expectPeopleInStep();
    });
  });

  it("no link to reset the password works any more", async () => {
    await withTestUser("void", async (user) => {
      const { token } = await mailedCode("reset_password", user);
      await happen(user);
      const before = await readTable();
      expect(await codeOf(Account.resetPassword(token, "amber pagoda 57 kites"))).toBe("invalid_code");
      expect(await readTable()).toEqual(before);
    });
  });
});

describe("after a change of email", () => {
  it("no code that was mailed to the old address works, for its old owner or whoever has it next", async () => {
    await withTestUser("moved", async (user) => {
      const verify = await mailedCode("verify_email", user);
      const reset = await mailedCode("reset_password", user);
      const email = newEmail("new");
      const { token } = await mailedCode("change_email", { id: user.id, email });
      await Account.confirmEmail(user.id, { token });
      const heir = await User.register({ email: user.email, password: goodPassword });
      const before = (await readTable()).filter(({ sk }) => !sk.startsWith("code#"));
      expect(await codeOf(Account.verifyEmail({ token: verify.token }))).toBe("invalid_code");
      for (const typed of [email, user.email])
        expect(await codeOf(Account.verifyEmail({ email: typed, code: verify.digits }))).toBe("invalid_code");
      expect(await codeOf(Account.resetPassword(reset.token, anotherPassword))).toBe("invalid_code");
      expect((await readTable()).filter(({ sk }) => !sk.startsWith("code#"))).toEqual(before);
      expect(await User.get(heir.id)).toEqual(heir);
    });
  });
});

describe("once its time is over, though it still lies in the table,", () => {
  const cases = [
    [
      "verify_email",
      Code.linkSeconds.verify_email,
      (_: TestUser, code: MailedCode) => Account.verifyEmail({ token: code.token }),
    ],
    [
      "verify_email",
      Code.typedSeconds,
      ({ email }: TestUser, code: MailedCode) => Account.verifyEmail({ email, code: code.digits }),
    ],
    [
      "reset_password",
      Code.linkSeconds.reset_password,
      (_: TestUser, code: MailedCode) => Account.resetPassword(code.token, anotherPassword),
    ],
    [
      "change_email",
      Code.linkSeconds.change_email,
      ({ id }: TestUser, code: MailedCode) => Account.confirmEmail(id, { token: code.token }),
    ],
    [
      "change_email",
      Code.typedSeconds,
      ({ id }: TestUser, code: MailedCode) => Account.confirmEmail(id, { code: code.digits }),
    ],
    [
      "change_email",
      Code.linkSeconds.change_email,
      (_: TestUser, code: MailedCode) => Account.undoEmailChange(code.undo),
    ],
  ] as const;

  it.each(cases)(
    "a code to %s (%i s) does nothing, and a second before it does",
    async (purpose, seconds, use) => {
      await withTestUser("late", async (user) => {
        atSecond(0);
        const email = purpose === "change_email" ? newEmail("late") : user.email;
        const code = await mailedCode(purpose, { id: user.id, email });
        atSecond(seconds);
        const before = (await readTable()).filter(({ sk }) => !sk.startsWith("code#"));
        expect(await codeOf(use(user, code))).toBe("invalid_code");
        expect((await readTable()).filter(({ sk }) => !sk.startsWith("code#"))).toEqual(before);
        atSecond(seconds - 1);
        await use(user, code);
      });
    },
  );
});
