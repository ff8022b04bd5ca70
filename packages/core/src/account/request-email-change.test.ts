import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, jobs, mails } from "../../../functions/test/outbox.ts";
import { readTable } from "../../test/items.ts";
import { doQueuedJobs, queuedKinds, withoutQueue } from "../../test/queue.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { logIn, opens } from "../../test/session.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const sourceIp = "192.0.2.1";

beforeEach(clearOutbox);

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

async function peopleAndSessions() {
  const items = await readTable();
  return items.filter(({ sk }) => !/^(?:code#|window#)/.test(sk));
}

describe("a change of email that is asked for", () => {
  it("changes nothing of the account until it is confirmed, however many mails are sent", async () => {
    await withTestUser("waiting", async (user) => {
      const held = await logIn(await User.authenticate(user.email, user.password));
      const before = await peopleAndSessions();
      for (const email of [newEmail("new"), newEmail("newer")]) {
        await Account.requestEmailChange(user.id, { email, password: user.password }, { sourceIp });
        expect(await doQueuedJobs()).toEqual(["change_email"]);
      }
      expect(await peopleAndSessions()).toEqual(before);
      expect(await User.get(user.id)).toMatchObject({ email: user.email, emailVerified: false });
      expect(await opens(held.token)).toBe(true);
      await User.authenticate(user.email, user.password);
    });
  });

  it("is one job that names the person and the address, and mails both addresses", async () => {
    await withTestUser("asked", async (user) => {
      const email = newEmail("New");
      const jobId = newId();
      await Account.requestEmailChange(user.id, { email, password: user.password }, { sourceIp, jobId });
      const [job, ...more] = jobs();
      expect(job).toEqual({ id: jobId, kind: "change_email", userId: user.id, newEmail: email });
      expect(more).toEqual([]);
    });
  });

  it("to an address that is taken is answered alike, and its owner alone learns of it", async () => {
    await withTestUser("asks", async (user) => {
      await withTestUser("owner", async (owner) => {
        const change = { email: owner.email.toUpperCase(), password: user.password };
        await Account.requestEmailChange(user.id, change, { sourceIp });
        mails();
        await doQueuedJobs();
        const letters = mails();
        expect(letters).toHaveLength(2);
        expect(JSON.stringify(letters)).not.toContain("confirm-email#");
      });
    });
  });
});

describe("a change of email is refused and nothing queued", () => {
  it("with a wrong password", async () => {
    await withTestUser("wrong", async (user) => {
      const change = { email: newEmail("new"), password: `${user.password}!` };
      expect(await codeOf(Account.requestEmailChange(user.id, change, { sourceIp }))).toBe("wrong_password");
      expect(jobs()).toEqual([]);
    });
  });

  it("to the email that the account has, in whatever case", async () => {
    await withTestUser("Same", async ({ id, email, password }) => {
      for (const same of [email, email.toLowerCase(), email.toUpperCase()]) {
        const refusal = await refusalOf(
          Account.requestEmailChange(id, { email: same, password }, { sourceIp }),
        );
        expect(refusal).toMatchObject({ code: "validation_failed", fields: [{ pointer: "/email" }] });
      }
      expect(jobs()).toEqual([]);
    });
  });

  it("for somebody who is gone or disabled", async () => {
    const change = { email: newEmail("new"), password: "violet marmalade 93 tram" };
    expect(await codeOf(Account.requestEmailChange(newId(), change, { sourceIp }))).toBe("invalid_token");
    await withTestUser("disabled", async (user) => {
      await User.setStatus(user.email, "disabled");
      expect(await codeOf(Account.requestEmailChange(user.id, change, { sourceIp }))).toBe("invalid_token");
    });
    expect(jobs()).toEqual([]);
  });

  it("where the queue takes nothing", async () => {
    await withTestUser("queueless", async ({ id, password }) => {
      const change = { email: newEmail("new"), password };
      const attempt = () => codeOf(Account.requestEmailChange(id, change, { sourceIp }));
      expect(await withoutQueue(attempt)).toBe("unavailable");
    });
  });

  it("once the source has had its share of the hour, before the password is looked at", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "2");
    forgetConfig();
    await withTestUser("greedy", async ({ id, password }) => {
      const ask = (text: string) =>
        Account.requestEmailChange(
          id,
          { email: newEmail("new"), password: text },
          { sourceIp: "198.51.100.7" },
        );
      expect(await codeOf(ask("wrong"))).toBe("wrong_password");
      await ask(password);
      expect(await codeOf(ask(password))).toBe("too_many_requests");
      expect(await codeOf(ask("wrong"))).toBe("too_many_requests");
      expect(queuedKinds()).toEqual(["change_email"]);
    });
  });
});
