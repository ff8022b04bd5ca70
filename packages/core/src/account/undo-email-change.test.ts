import { describe, expect, it } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { itemsOf, readTable } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withOutage } from "../../test/outages.ts";
import { codeOf } from "../../test/refusal.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

async function change({ id }: TestUser) {
  return mailedCode("change_email", { id, email: newEmail("new") });
}

describe("a change of email that is called off", () => {
  it("can no longer be confirmed, and the account is as it was", async () => {
    await withTestUser("undone", async (user) => {
      const before = await itemsOf(user.id);
      const { undo, token, digits } = await change(user);
      await Account.undoEmailChange(undo);
      const { code, rest } = apart(await itemsOf(user.id));
      expect(rest).toEqual(before);
      expect(Number(code?.["expiresAt"])).toBeLessThanOrEqual(Date.now() / 1000);
      expect(code?.["typedExpiresAt"]).toBe(code?.["expiresAt"]);
      expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("invalid_code");
      expect(await codeOf(Account.confirmEmail(user.id, { code: digits }))).toBe("invalid_code");
      await User.authenticate(user.email, user.password);
    });
  });

  it("can be asked for again", async () => {
    await withTestUser("again", async (user) => {
      await Account.undoEmailChange((await change(user)).undo);
      await Account.confirmEmail(user.id, { token: (await change(user)).token });
    });
  });

  it("is called off also where the first answer of the table is lost", async () => {
    await withTestUser("lost", async (user) => {
      const { undo, token } = await change(user);
      expect(await withOutage(1, "answer", () => Account.undoEmailChange(undo), 1)).toBe(true);
      expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("invalid_code");
    });
  });

  it("by ten at the same time is called off by one", async () => {
    await withTestUser("crowd", async (user) => {
      const { undo } = await change(user);
      const calls = Array.from({ length: 10 }, () => Account.undoEmailChange(undo).then(() => "off", codeIn));
      expect((await Promise.all(calls)).toSorted()).toEqual([...Array(9).fill("invalid_code"), "off"]);
    });
  });
});

describe("nothing is called off", () => {
  it("by the link that confirms, a code of another purpose, another person's, or no token at all", async () => {
    await withTestUser("ada", async (ada) => {
      await withTestUser("mallory", async (mallory) => {
        const { token, digits } = await change(ada);
        const theirs = await change(mallory);
        const verify = await mailedCode("verify_email", ada);
        const reset = await mailedCode("reset_password", ada);
        const before = await readTable();
        const forged = theirs.undo.replace(mallory.id, ada.id);
        const texts = [token, digits, forged, verify.token, verify.undo, reset.token, reset.undo, ""];
        for (const text of texts) expect(await codeOf(Account.undoEmailChange(text))).toBe("invalid_code");
        expect(await readTable()).toEqual(before);
      });
    });
  });

  it("after it was confirmed: the mail about that says what else can be done", async () => {
    await withTestUser("late", async (user) => {
      const { undo, token } = await change(user);
      const { email } = await Account.confirmEmail(user.id, { token });
      expect(await codeOf(Account.undoEmailChange(undo))).toBe("invalid_code");
      await User.authenticate(email, user.password);
    });
  });

  it("of another change than the link was mailed for", async () => {
    await withTestUser("renewed", async (user) => {
      const { undo } = await change(user);
      let renewed: Awaited<ReturnType<typeof change>> | undefined;
      const { first } = await interleaved(
        1,
        () => Account.undoEmailChange(undo),
        async () => {
          renewed = await change(user);
        },
      );
      expect(first).toMatchObject({ status: "rejected", reason: { code: "invalid_code" } });
      await Account.confirmEmail(user.id, { token: renewed?.token ?? "" });
    });
  });
});

function codeIn(error: { readonly code: string }): string {
  return error.code;
}

function apart(items: Awaited<ReturnType<typeof itemsOf>>) {
  const isCode = ({ sk }: { sk: string }) => sk === "code#change_email";
  return { code: items.find(isCode), rest: items.filter((item) => !isCode(item)) };
}
