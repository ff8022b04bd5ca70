import { describe, expect, it } from "vitest";
import { deleteItem, itemOf, itemsOf, readTable, stateOf } from "../../test/items.ts";
import { mailedCode, otherDigits } from "../../test/mailed-codes.ts";
import { expectPeopleInStep } from "../../test/people-in-step.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { recordOf } from "../../test/session.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

async function isVerified({ id }: TestUser): Promise<boolean> {
  return (await User.get(id)).emailVerified;
}

describe("an email is verified", () => {
  it("by the link that was mailed to it, in both items of its person", async () => {
    await withTestUser("link", async (user) => {
      const { token } = await mailedCode("verify_email", user);
      await Account.verifyEmail({ token });
      for (const sk of ["profile", "login"])
        expect(await itemOf(user.id, sk)).toMatchObject({ emailVerified: true });
      expect(await User.authenticate(user.email, user.password)).toMatchObject({ emailVerified: true });
      await expectPeopleInStep();
    });
  });

  it("by the digits beside the link, in whatever case the email is typed", async () => {
    await withTestUser("Digits", async (user) => {
      const { digits } = await mailedCode("verify_email", user);
      await Account.verifyEmail({ email: user.email.toUpperCase(), code: digits });
      expect(await isVerified(user)).toBe(true);
      await expectPeopleInStep();
    });
  });

  it("and nothing else of the person changes but the time, nor anything of anybody else", async () => {
    await withTestUser("alone", async (user) => {
      await withTestUser("bystander", async (other) => {
        const bystander = await itemsOf(other.id);
        const [profile, login] = [await itemOf(user.id, "profile"), await itemOf(user.id, "login")];
        const { token } = await mailedCode("verify_email", user);
        await Account.verifyEmail({ token });
        const set = { emailVerified: true, updatedAt: expect.any(String) };
        const after = await stateOf(user.id);
        expect(after).toHaveLength(2);
        const mailed = { mailStatus: "proven", mailStatusAt: expect.any(String) };
        expect(after).toContainEqual({ ...profile, ...set });
        expect(after).toContainEqual({ ...login, ...set, ...mailed });
        expect(await itemsOf(other.id)).toEqual(bystander);
      });
    });
  });

  it("by one of twenty uses of a link at the same time, and the code is gone", async () => {
    await withTestUser("crowd", async (user) => {
      const { token, digits } = await mailedCode("verify_email", user);
      const uses = Array.from({ length: 20 }, () => Account.verifyEmail({ token }));
      const outcomes = await Promise.allSettled(uses);
      const refusals = outcomes.flatMap((outcome) =>
        outcome.status === "rejected" ? [outcome.reason.code] : [],
      );
      expect(refusals).toEqual(Array(19).fill("invalid_code"));
      expect(await codeOf(Account.verifyEmail({ token }))).toBe("invalid_code");
      expect(await codeOf(Account.verifyEmail({ email: user.email, code: digits }))).toBe("invalid_code");
      expect(await stateOf(user.id)).toHaveLength(2);
      expect(await recordOf({ userId: user.id })).toEqual(["registered", "email_verified"]);
    });
  });

  it("by one of twenty uses of its digits at the same time", async () => {
    await withTestUser("typists", async (user) => {
      const { digits } = await mailedCode("verify_email", user);
      const uses = Array.from({ length: 20 }, () =>
        Account.verifyEmail({ email: user.email, code: digits }).then(
          () => "verified",
          () => "refused",
        ),
      );
      expect((await Promise.all(uses)).filter((outcome) => outcome === "verified")).toHaveLength(1);
      expect(await isVerified(user)).toBe(true);
    });
  });

  it("although another change of the account comes between", async () => {
    await withTestUser("between", async (user) => {
      const { token } = await mailedCode("verify_email", user);
      let changes = 0;
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems" && changes++ === 0)
            await User.change(user.id, { name: "B" });
          await send();
        },
        () => Account.verifyEmail({ token }),
      );
      expect(await User.get(user.id)).toMatchObject({ name: "B", emailVerified: true });
      await expectPeopleInStep();
    });
  });
});

describe("nothing is verified and nothing spent", () => {
  it("by wrong digits, another person's, or those of another purpose", async () => {
    await withTestUser("target", async (user) => {
      await withTestUser("mallory", async (mallory) => {
        const { digits } = await mailedCode("verify_email", user);
        const theirs = await mailedCode("verify_email", mallory);
        const reset = await mailedCode("reset_password", user);
        const wrong = [otherDigits(digits), theirs.digits, reset.digits].filter((text) => text !== digits);
        for (const code of wrong)
          expect(await codeOf(Account.verifyEmail({ email: user.email, code }))).toBe("invalid_code");
        for (const token of [reset.token, reset.undo])
          expect(await codeOf(Account.verifyEmail({ token }))).toBe("invalid_code");
        expect([await isVerified(user), await isVerified(mallory)]).toEqual([false, false]);
        await Account.verifyEmail({ email: user.email, code: digits });
        expect([await isVerified(user), await isVerified(mallory)]).toEqual([true, false]);
      });
    });
  });

  it("by a text that is no token", async () => {
    await withTestUser("garbage", async (user) => {
      const { token } = await mailedCode("verify_email", user);
      const before = await readTable();
      for (const text of ["", "x", user.id, `${user.id}.`, `${token}A`, token.toUpperCase(), "\uD800", "."])
        expect(await codeOf(Account.verifyEmail({ token: text }))).toBe("invalid_code");
      expect(await readTable()).toEqual(before);
    });
  });
});

it("wrong digits and an email nobody has cost the same requests and are told the same", async () => {
  await withTestUser("oracle", async (user) => {
    const { digits } = await mailedCode("verify_email", user);
    const attempts = [
      { email: user.email, code: otherDigits(digits) },
      { email: newEmail("nobody"), code: digits },
    ];
    for (const proof of attempts) {
      const requests = await requestsOf(async () =>
        expect(await codeOf(Account.verifyEmail(proof))).toBe("invalid_code"),
      );
      expect(requests.map(({ operation }) => operation)).toEqual(["GetItem", "UpdateItem"]);
    }
  });
});

it("a person who is gone when the code is spent does not come back", async () => {
  await withTestUser("gone", async (user) => {
    const { token } = await mailedCode("verify_email", user);
    const login = await itemOf(user.id, "login");
    await deleteItem(await itemOf(user.id, "profile"));
    expect(await codeOf(Account.verifyEmail({ token }))).toBe("invalid_code");
    expect(await itemOf(user.id, "login")).toEqual(login);
    expect((await itemsOf(user.id)).map(({ sk }) => sk)).not.toContain("profile");
  });
});
