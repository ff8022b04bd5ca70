import { beforeEach, expect, it } from "vitest";
import { clearOutbox, mails } from "../../../functions/test/outbox.ts";
import { goodPassword, withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import { readJob } from "./job.ts";
import { runJob } from "./run.ts";

beforeEach(clearOutbox);

async function mailsOf(kind: "verify_email" | "reset_password", email: string, id: string) {
  await runJob(readJob(JSON.stringify({ id, kind, email })));
  return mails();
}

function tokenIn(text: string | undefined): string {
  return /#token=(\S+)/.exec(text ?? "")?.[1] ?? "";
}

const spend = {
  verify_email: (token: string) => Account.verifyEmail({ token }),
  reset_password: (token: string) => Account.resetPassword(token, "seven lanterns over Ghent"),
};

it.each(["verify_email", "reset_password"] as const)(
  "a job of %s delivered again after a newer one mails nothing, and the newer link still works",
  async (kind) => {
    await withTestUser("overtaken", async ({ email }) => {
      const [older, newer] = [newId(), newId()];
      expect(await mailsOf(kind, email, older)).toHaveLength(1);
      const [letter] = await mailsOf(kind, email, newer);
      expect(await mailsOf(kind, email, older)).toEqual([]);
      await spend[kind](tokenIn(letter?.text));
      const { emailVerified } = await User.authenticate(
        email,
        kind === "reset_password" ? "seven lanterns over Ghent" : goodPassword,
      );
      expect(emailVerified).toBe(true);
    });
  },
);
