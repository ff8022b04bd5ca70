import { beforeEach, expect, it } from "vitest";
import { clearOutbox, mails } from "../../../functions/test/outbox.ts";
import { stateOf } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import { contest, findLogin } from "../user/person.ts";
import { type JobOrder, readJob } from "./job.ts";
import { runJob } from "./run.ts";

/** A stranger registered somebody's address first; then its reader did, where accounts are concealed. */

beforeEach(clearOutbox);

async function mailsOf(order: JobOrder, id = newId()) {
  await runJob(readJob(JSON.stringify({ id, ...order })));
  return mails();
}

function tokenIn(text: string | undefined, page: string): string {
  return new RegExp(`/${page}#token=(\\S+)`).exec(text ?? "")?.[1] ?? "";
}

it("the reader's own click makes no stranger's password good", async () => {
  await withTestUser("strangers", async ({ id: userId, email, password }) => {
    const [first] = await mailsOf({ kind: "registered", userId, email });
    const [second, ...more] = await mailsOf({ kind: "registered", userId: newId(), email });
    expect(more).toEqual([]);
    expect(second).toMatchObject({ to: email, subject: "Finish your registration for Gatehouse" });
    const token = tokenIn(first?.text, "verify-email");
    expect(token).not.toBe("");
    expect(await codeOf(Account.verifyEmail({ token }))).toBe("invalid_code");

    const own = "seven lanterns over Ghent";
    await Account.resetPassword(tokenIn(second?.text, "reset-password"), own);
    expect(await codeOf(User.authenticate(email, password))).toBe("invalid_credentials");
    expect(await User.authenticate(email, own)).toMatchObject({ userId, emailVerified: true });
  });
});

it("neither the first job delivered again nor a link asked for anew makes the stranger's password good", async () => {
  await withTestUser("strangers", async ({ id: userId, email }) => {
    const first = newId();
    await mailsOf({ kind: "registered", userId, email }, first);
    await mailsOf({ kind: "registered", userId: newId(), email });
    for (const [order, id] of [
      [{ kind: "registered", userId, email }, first],
      [{ kind: "registered", userId, email }, newId()],
      [{ kind: "verify_email", email }, newId()],
    ] as const) {
      const texts = (await mailsOf(order, id)).map(({ text }) => text).join();
      expect(texts).not.toContain("/verify-email#");
    }
    const code = await mailedCode("verify_email", { id: userId, email });
    expect(await codeOf(Account.verifyEmail({ token: code.token }))).toBe("invalid_code");
    expect(await codeOf(Account.verifyEmail({ email, code: code.digits }))).toBe("invalid_code");
  });
});

it("an address that is verified by then is contested by nobody", async () => {
  await withTestUser("quick", async ({ id, email }) => {
    const login = await findLogin(id);
    await Account.verifyEmail({ token: (await mailedCode("verify_email", { id, email })).token });
    expect(await contest(login)).toBe(false);
  });
});

it("an address that is verified while the second registration is looked at is left alone", async () => {
  await withTestUser("meanwhile", async ({ id, email }) => {
    const { token } = await mailedCode("verify_email", { id, email });
    let isVerified = false;
    const sent = await intercepted(
      async ({ operation }, send) => {
        if (operation === "UpdateItem" && !isVerified) {
          isVerified = true;
          await Account.verifyEmail({ token });
        }
        await send();
      },
      () => mailsOf({ kind: "registered", userId: newId(), email }),
    );
    expect(isVerified).toBe(true);
    expect(sent).toEqual([]);
    expect(await findLogin(id)).not.toHaveProperty("contested");
  });
});

it("somebody who is shut out is mailed nothing", async () => {
  await withTestUser("shut", async ({ email }) => {
    await User.setStatus(email, "disabled");
    expect(await mailsOf({ kind: "registered", userId: newId(), email })).toEqual([]);
  });
});

it("the reader is mailed ten times an hour and no more, and the newest link works", async () => {
  await withTestUser("bombed", async ({ id, email }) => {
    const sent = [];
    for (let time = 0; time < 12; time += 1)
      sent.push(...(await mailsOf({ kind: "registered", userId: newId(), email })));
    expect(sent).toHaveLength(10);
    await Account.resetPassword(tokenIn(sent[9]?.text, "reset-password"), "seven lanterns over Ghent");
    expect(await stateOf(id)).toHaveLength(2);
  });
});
