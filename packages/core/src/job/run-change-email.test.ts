import { beforeEach, describe, expect, it } from "vitest";
import { clearOutbox, failNext, mails } from "../../../functions/test/outbox.ts";
import { itemOf, stateOf } from "../../test/items.ts";
import { type Interceptor, intercepted } from "../../test/requests.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import * as Code from "../code/index.ts";
import { newId } from "../id.ts";
import { compose, type Letter } from "../mail/letter.ts";
import * as User from "../user/index.ts";
import type { Job, JobOrder } from "./job.ts";
import { runJob } from "./run.ts";

const app = "https://app.example.com";

beforeEach(clearOutbox);

async function perform(order: JobOrder, id = newId()): Promise<void> {
  await runJob({ id, ...order } as Job);
}

async function mailsOf(order: JobOrder, id = newId()) {
  await perform(order, id);
  return mails();
}

/** As much of a mail as tells one letter from another. */
function posted(to: string, letter: Letter, locale?: string) {
  const { subject, text, html } = compose(letter, { appName: "Gatehouse", locale });
  return { to, subject, text, html };
}

async function lettersOf(userId: string, newEmail: string): Promise<{ undo: Letter; confirm: Letter }> {
  const code = (await itemOf(userId, "code#change_email")) as unknown as Code.CodeItem;
  expect(code.email).toBe(newEmail);
  const linkTo = async (page: string, use?: "undo") =>
    `${app}/${page}#token=${await Code.linkToken(code, use)}`;
  const linkSeconds = 86_400;
  return {
    undo: {
      kind: "email_change_requested",
      newEmail,
      link: await linkTo("undo-email-change", "undo"),
      linkSeconds,
    },
    confirm: {
      kind: "confirm_email",
      link: await linkTo("confirm-email"),
      code: await Code.typedCode(code),
      linkSeconds,
      codeSeconds: 600,
    },
  };
}

describe("who asks for another email", () => {
  it("is told at the old address, with a link to undo it, before the new one is asked to confirm", async () => {
    await withTestUser("moves", async ({ id: userId, email }) => {
      const fresh = newEmail("New.Address");
      const sent = await mailsOf({ kind: "change_email", userId, newEmail: fresh });
      const { undo, confirm } = await lettersOf(userId, fresh);
      expect(sent).toMatchObject([posted(email, undo), posted(fresh, confirm)]);
      expect(sent).toHaveLength(2);
    });
  });

  it("is told in their language at both", async () => {
    await withTestUser("deutsch", async ({ id: userId, email }) => {
      await User.change(userId, { locale: "de" });
      const fresh = newEmail("neu");
      const sent = await mailsOf({ kind: "change_email", userId, newEmail: fresh });
      const { undo, confirm } = await lettersOf(userId, fresh);
      expect(sent).toMatchObject([posted(email, undo, "de"), posted(fresh, confirm, "de")]);
    });
  });

  it("learns nothing where it is taken: its owner is told, and nobody gets what would confirm it", async () => {
    await withTestUser("moves", async ({ id: userId, email }) => {
      await withTestUser("owner", async (owner) => {
        const taken = owner.email.toUpperCase();
        const sent = await mailsOf({ kind: "change_email", userId, newEmail: taken });
        const { undo } = await lettersOf(userId, taken);
        const exists: Letter = { kind: "account_exists", link: `${app}/forgot-password` };
        expect(sent).toMatchObject([posted(email, undo), posted(owner.email, exists)]);
        expect(sent).toHaveLength(2);
        await User.setStatus(owner.email, "disabled");
        expect(await mailsOf({ kind: "change_email", userId, newEmail: taken })).toHaveLength(1);
      });
    });
  });

  it("and is gone or disabled gets no mail and no code", async () => {
    expect(await mailsOf({ kind: "change_email", userId: newId(), newEmail: newEmail("new") })).toEqual([]);
    await withTestUser("disabled", async ({ id: userId, email }) => {
      await User.setStatus(email, "disabled");
      expect(await mailsOf({ kind: "change_email", userId, newEmail: newEmail("new") })).toEqual([]);
      expect(await stateOf(userId)).toHaveLength(2);
    });
  });

  it("more than ten times in an hour has nobody written to any more", async () => {
    await withTestUser("floods", async ({ id: userId }) => {
      const order = { kind: "change_email", userId, newEmail: newEmail("victim") } as const;
      for (let time = 0; time < 12; time += 1) await perform(order);
      expect(mails()).toHaveLength(20);
    });
  });

  it("by a job done twice is told the same again, also after a mail that failed", async () => {
    await withTestUser("twice", async ({ id: userId, email }) => {
      const order = { kind: "change_email", userId, newEmail: newEmail("new") } as const;
      const id = newId();
      failNext(2, "mail");
      await expect(perform(order, id)).rejects.toThrow();
      expect(mails()).toEqual([]);
      const first = await mailsOf(order, id);
      expect(first.map(({ to }) => to)).toEqual([email, order.newEmail]);
      expect(await mailsOf(order, id)).toEqual(first);
    });
  });

  it("has been told already where the mail to the new address fails", async () => {
    await withTestUser("fails", async ({ id: userId, email }) => {
      const order = { kind: "change_email", userId, newEmail: newEmail("new") } as const;
      // Whose the new address is, is looked up between the two mails, and once more before the second.
      let isFirst = true;
      const failFromHere: Interceptor = ({ operation, input }, send) => {
        const isLookedUp = operation === "GetItem" && JSON.stringify(input).includes(order.newEmail);
        if (isLookedUp && isFirst) failNext(2, "mail");
        if (isLookedUp) isFirst = false;
        return send();
      };
      const id = newId();
      await expect(intercepted(failFromHere, () => perform(order, id))).rejects.toThrow();
      const first = mails();
      expect(first.map(({ to }) => to)).toEqual([email]);
      expect(await mailsOf(order, id)).toMatchObject([...first, { to: order.newEmail }]);
    });
  });
});

describe("a change of email", () => {
  it("is told to the old address, in the person's language", async () => {
    await withTestUser("moved", async ({ id: userId, email }) => {
      const order = { kind: "email_changed", userId, oldEmail: "old@example.com", newEmail: email } as const;
      const letter: Letter = { kind: "email_changed", newEmail: email };
      expect(await mailsOf(order)).toMatchObject([posted("old@example.com", letter)]);
      await User.change(userId, { locale: "de" });
      expect(await mailsOf(order)).toMatchObject([posted("old@example.com", letter, "de")]);
    });
  });

  it("is told though the person is gone meanwhile", async () => {
    const order = {
      kind: "email_changed",
      userId: newId(),
      oldEmail: "old@example.com",
      newEmail: "x@y.example",
    } as const;
    expect(await mailsOf(order)).toMatchObject([{ to: "old@example.com" }]);
  });
});

it("a change to the email that a person has by now asks nobody", async () => {
  await withTestUser("settled", async ({ id: userId, email }) => {
    expect(await mailsOf({ kind: "change_email", userId, newEmail: email.toUpperCase() })).toEqual([]);
  });
});

it("a change that was called off does not come back with the job of one that was asked for before", async () => {
  await withTestUser("undone", async ({ id: userId }) => {
    const [older, newer] = [newId(), newId()];
    const order = { kind: "change_email", userId, newEmail: newEmail("other") } as const;
    await perform({ ...order, newEmail: newEmail("first") }, older);
    await perform(order, newer);
    const code = (await itemOf(userId, "code#change_email")) as unknown as Code.CodeItem;
    await Account.undoEmailChange(await Code.linkToken(code, "undo"));
    mails();
    for (const id of [older, newer]) expect(await mailsOf(order, id)).toEqual([]);
    const stored = await itemOf(userId, "code#change_email");
    expect(Number(stored["expiresAt"])).toBeLessThanOrEqual(Date.now() / 1000);
  });
});

it("one address is asked to confirm ten times an hour, by however many accounts", async () => {
  const target = newEmail("target");
  let asked = 0;
  for (const name of ["one", "two", "three"])
    await withTestUser(name, async ({ id: userId }) => {
      for (let time = 0; time < 5; time += 1) {
        const sent = await mailsOf({ kind: "change_email", userId, newEmail: target });
        asked += sent.filter(({ to }) => to === target).length;
      }
    });
  expect(asked).toBe(10);
});
