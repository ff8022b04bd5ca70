import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, failNext, mails } from "../../../functions/test/outbox.ts";
import { itemOf, itemsOf, putItem, readTable, stateOf } from "../../test/items.ts";
import { goodPassword, newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as Code from "../code/index.ts";
import { forgetConfig } from "../config.ts";
import { newId } from "../id.ts";
import { compose, type Letter } from "../mail/letter.ts";
import * as User from "../user/index.ts";
import { type JobOrder, readJob } from "./job.ts";
import { runJob } from "./run.ts";

const app = "https://app.example.com";

beforeEach(clearOutbox);

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

/** Does a job as the worker does it: out of the text that lay on the queue. */
async function perform(order: JobOrder, id = newId()): Promise<void> {
  await runJob(readJob(JSON.stringify({ id, ...order })));
}

/** The mails that a job sends. */
async function mailsOf(order: JobOrder, id = newId()) {
  await perform(order, id);
  return mails();
}

/** A letter as it lies in somebody's mailbox. */
function posted(to: string, letter: Letter, locale?: string) {
  const { subject, text, html } = compose(letter, { appName: "Gatehouse", locale });
  return { to, from: '"Gatehouse" <gatehouse@example.com>', subject, text, html };
}

async function codeFor(userId: string, purpose: Code.Purpose): Promise<Code.CodeItem> {
  return (await itemOf(userId, `code#${purpose}`)) as unknown as Code.CodeItem;
}

async function verifyLetter(userId: string, base = app): Promise<Letter> {
  const code = await codeFor(userId, "verify_email");
  return {
    kind: "verify_email",
    link: `${base}/verify-email#token=${await Code.linkToken(code)}`,
    code: await Code.typedCode(code),
    linkSeconds: 86_400,
    codeSeconds: 600,
  };
}

async function resetLetter(userId: string, base = app): Promise<Letter> {
  const link = `${base}/reset-password#token=${await Code.linkToken(await codeFor(userId, "reset_password"))}`;
  return { kind: "reset_password", link, linkSeconds: 3600 };
}

const exists: Letter = { kind: "account_exists", link: `${app}/forgot-password` };

/** Says of both items of a person that the address is theirs. */
async function verify({ id }: TestUser): Promise<void> {
  const items = await itemsOf(id);
  for (const item of items) if ("emailVerified" in item) await putItem({ ...item, emailVerified: true });
}

describe("somebody who registered", () => {
  it("is asked to verify the address, as they typed it, by a link and by digits", async () => {
    await withTestUser("Anna.O'Neil", async ({ id: userId, email }) => {
      const sent = await mailsOf({ kind: "registered", userId, email });
      expect(sent).toEqual([posted(email, await verifyLetter(userId))]);
      const code = await codeFor(userId, "verify_email");
      expect(code).toMatchObject({ email, epoch: 0 });
    });
  });

  it("with an address that is taken is not told so; its owner is", async () => {
    await withTestUser("owner", async (owner) => {
      const { id, email } = owner;
      await verify(owner);
      const sent = await mailsOf({ kind: "registered", userId: newId(), email: email.toUpperCase() });
      expect(sent).toEqual([posted(email, exists)]);
      expect(await stateOf(id)).toHaveLength(2);
    });
  });

  it("and is gone, disabled or verified gets no mail", async () => {
    await withTestUser("gone", async (user) => {
      const order = { kind: "registered", userId: user.id, email: user.email } as const;
      expect(await mailsOf({ ...order, email: newEmail("gone") })).toEqual([]);
      await verify(user);
      expect(await mailsOf(order)).toEqual([]);
      await User.setStatus(user.email, "disabled");
      expect(await mailsOf(order)).toEqual([]);
      expect(await mailsOf({ ...order, userId: newId() })).toEqual([]);
    });
  });
});

describe("who asks for a mail to verify with", () => {
  it("gets it, also by another spelling of the address", async () => {
    await withTestUser("asks", async ({ id, email }) => {
      const sent = await mailsOf({ kind: "verify_email", email: email.toUpperCase() });
      expect(sent).toEqual([posted(email, await verifyLetter(id))]);
    });
  });

  it("gets none where the address is nobody's, verified or its owner disabled", async () => {
    expect(await mailsOf({ kind: "verify_email", email: newEmail("nobody") })).toEqual([]);
    await withTestUser("verified", async (user) => {
      await verify(user);
      expect(await mailsOf({ kind: "verify_email", email: user.email })).toEqual([]);
    });
    await withTestUser("disabled", async ({ email }) => {
      await User.setStatus(email, "disabled");
      expect(await mailsOf({ kind: "verify_email", email })).toEqual([]);
    });
  });
});

describe("who asks to reset a password", () => {
  it("gets a link, verified or not, and no digits", async () => {
    await withTestUser("resets", async (user) => {
      const order = { kind: "reset_password", email: user.email } as const;
      expect(await mailsOf(order)).toEqual([posted(user.email, await resetLetter(user.id))]);
      await verify(user);
      expect(await mailsOf(order)).toEqual([posted(user.email, await resetLetter(user.id))]);
    });
  });

  it("gets none where the address is nobody's or its owner disabled", async () => {
    const before = await readTable();
    expect(await mailsOf({ kind: "reset_password", email: newEmail("nobody") })).toEqual([]);
    expect(await readTable()).toEqual(before);
    await withTestUser("disabled", async ({ email }) => {
      await User.setStatus(email, "disabled");
      expect(await mailsOf({ kind: "reset_password", email })).toEqual([]);
    });
  });
});

it.each(["verify_email", "reset_password"] as const)(
  "a person is sent ten mails to %s an hour, and other mails all the same",
  async (kind) => {
    await withTestUser("flooded", async ({ id, email }) => {
      for (let time = 0; time < 12; time += 1) await perform({ kind, email });
      expect(mails()).toHaveLength(10);
      const other = kind === "verify_email" ? "reset_password" : "verify_email";
      expect(await mailsOf({ kind: other, email })).toHaveLength(1);
      expect(await mailsOf({ kind: "password_changed", userId: id })).toHaveLength(1);
    });
  },
);

it.each(["registered", "verify_email", "reset_password"] as const)(
  "the job %s done twice sends the same mail again, and after a mail that failed too",
  async (kind) => {
    await withTestUser("twice", async ({ id: userId, email }) => {
      const id = newId();
      failNext(2, "mail");
      await expect(perform({ kind, userId, email }, id)).rejects.toThrow();
      expect(mails()).toEqual([]);
      const first = await mailsOf({ kind, userId, email }, id);
      expect(first).toHaveLength(1);
      expect(await mailsOf({ kind, userId, email }, id)).toEqual(first);
    });
  },
);

it("links lead to APP_URL and nowhere else", async () => {
  const base = "https://pages.example/account";
  vi.stubEnv("APP_URL", base);
  forgetConfig();
  await withTestUser("links", async ({ id, email }) => {
    expect(await mailsOf({ kind: "verify_email", email })).toEqual([
      posted(email, await verifyLetter(id, base)),
    ]);
    expect(await mailsOf({ kind: "reset_password", email })).toEqual([
      posted(email, await resetLetter(id, base)),
    ]);
    const link = `${base}/forgot-password`;
    const order = { kind: "password_changed", userId: id } as const;
    expect(await mailsOf(order)).toEqual([posted(email, { kind: "password_changed", link })]);
  });
});

it("a person is written to in their language", async () => {
  const email = newEmail("deutsch");
  const { id } = await User.register({ email, password: goodPassword, locale: "de-AT" });
  const sent = await mailsOf({ kind: "verify_email", email });
  expect(sent).toEqual([posted(email, await verifyLetter(id), "de-AT")]);
});

it("of a person who is gone nobody is told that a password changed", async () => {
  expect(await mailsOf({ kind: "password_changed", userId: newId() })).toEqual([]);
});

it("the end of an account is told to the address it had, though nothing is left of it", async () => {
  const before = await readTable();
  const order = { kind: "account_deleted", email: "gone@example.com" } as const;
  expect(await mailsOf(order)).toEqual([posted("gone@example.com", { kind: "account_deleted" })]);
  expect(await mailsOf({ ...order, locale: "de" })).toEqual([
    posted("gone@example.com", { kind: "account_deleted" }, "de"),
  ]);
  expect(await readTable()).toEqual(before);
});

it("the owner of an address that somebody keeps registering is told ten times an hour and no more", async () => {
  await withTestUser("bombed", async (owner) => {
    const { email } = owner;
    await verify(owner);
    const sent = [];
    for (let time = 0; time < 12; time += 1)
      sent.push(...(await mailsOf({ kind: "registered", userId: newId(), email })));
    expect(sent).toHaveLength(10);
  });
});
