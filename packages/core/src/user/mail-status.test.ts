import { describe, expect, it } from "vitest";
import { clearOutbox, mails } from "../../../functions/test/outbox.ts";
import { captureStdout } from "../../../functions/test/stdout.ts";
import { deleteItem, itemOf, putItem, readTable } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { recordOf } from "../../test/session.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as Mail from "../mail/index.ts";
import * as User from "./index.ts";
import { refuseMail } from "./mail-status.ts";

captureStdout();

const at = "2026-07-22T12:00:00.042Z";
const letter = { kind: "account_deleted" } as const;

async function isMailed(user: TestUser): Promise<boolean> {
  clearOutbox();
  await Mail.send({ email: user.email }, letter);
  return mails().length === 1;
}

describe("an operator", () => {
  it("lets mails go out again to an address that refused one, and that is on record", async () => {
    await withTestUser("resumed", async (user) => {
      await refuseMail(user.email, "complained", at);
      expect(await isMailed(user)).toBe(false);
      await User.resumeMail(user.email.toUpperCase());
      expect(await isMailed(user)).toBe(true);
      expect((await recordOf({ userId: user.id })).slice(-2)).toEqual(["mail_refused", "mail_resumed"]);
    });
  });

  it("is told where nobody has the address", async () => {
    expect(await codeOf(User.resumeMail(newEmail("nobody")))).toBe("not_found");
  });
});

describe("between the read and the write", () => {
  const during = (change: () => Promise<void>, run: () => Promise<void>) =>
    intercepted(async ({ operation }, send) => {
      if (operation === "TransactWriteItems") await change();
      await send();
    }, run);

  it("an account that ends does not come back", async () => {
    await withTestUser("ends", async (user) => {
      const login = await itemOf(user.id, "login");
      await during(
        () => deleteItem(login),
        () => refuseMail(user.email, "bounced", at),
      );
      expect((await readTable()).filter(({ pk }) => pk === login.pk)).toEqual([]);
    });
  });

  it("an address that goes to somebody else is not marked for what the one before did", async () => {
    await withTestUser("heir", async (user) => {
      const login = await itemOf(user.id, "login");
      const heir = { ...login, userId: newId() };
      await during(
        () => putItem(heir),
        () => refuseMail(user.email, "bounced", at),
      );
      expect((await readTable()).filter(({ pk }) => pk === login.pk)).toEqual([heir]);
      await deleteItem(heir);
    });
  });

  it("what is known of a later time stays", async () => {
    await withTestUser("later", async (user) => {
      const login = await itemOf(user.id, "login");
      const recorded = (await recordOf({ userId: user.id })).length;
      const known = { ...login, mailStatus: "proven", mailStatusAt: "2026-07-22T12:00:00.043Z" };
      await during(
        () => putItem(known),
        () => refuseMail(user.email, "bounced", at),
      );
      expect(await itemOf(user.id, "login")).toEqual(known);
      expect(await recordOf({ userId: user.id })).toHaveLength(recorded);
    });
  });
});
