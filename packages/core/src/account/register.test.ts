import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, jobs, mails } from "../../../functions/test/outbox.ts";
import { itemsOf, readTable } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { expectPeopleInStep, withUserInStep } from "../../test/people-in-step.ts";
import { doQueuedJobs, withoutQueue } from "../../test/queue.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { goodPassword, newEmail } from "../../test/user.ts";
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

function set(name: string, value: string): void {
  vi.stubEnv(name, value);
  forgetConfig();
}

function register(email: string, name = "Ada") {
  return Account.register({ email, password: goodPassword, name }, sourceIp);
}

describe("a registration", () => {
  it("queues one job that names the new account, and its mail asks to verify the address", async () => {
    const email = newEmail("Ada");
    const user = await register(email);
    const [job, ...more] = jobs();
    expect(job).toEqual({ id: user.id, kind: "registered", userId: user.id, email });
    expect(more).toEqual([]);
    await expectPeopleInStep();
  });

  it("is made although the queue takes nothing", async () => {
    const email = newEmail("queueless");
    const user = await withoutQueue(() => register(email));
    expect(await User.authenticate(email, goodPassword)).toMatchObject({ userId: user.id });
  });

  it("that is refused queues nothing", async () => {
    await withUserInStep("taken", async ({ email }) => {
      expect(await codeOf(register(email))).toBe("email_taken");
      const weak = { email: newEmail("weak"), password: "password" };
      expect(await codeOf(Account.register(weak, sourceIp))).toBe("weak_password");
      expect(jobs()).toEqual([]);
    });
  });
});

describe.each(["false", "true"])(
  "a source that has registered its share of the hour (concealed: %s)",
  (conceal) => {
    it("is told the same of taken and of free emails, and other sources are not", async () => {
      set("SOURCE_LIMIT_PER_HOUR", "3");
      set("CONCEAL_ACCOUNTS", conceal);
      const source = `203.0.113.${conceal.length}`;
      await withUserInStep("taken", async ({ email }) => {
        const ask = (to: string, from = source) =>
          Account.register({ email: to, password: goodPassword }, from);
        for (let count = 0; count < 3; count += 1) await ask(email).catch(() => undefined);
        for (const to of [email, email.toUpperCase(), newEmail("free")]) {
          const refusal = await refusalOf(ask(to));
          expect(refusal).toMatchObject({ code: "too_many_requests", retryAfterSeconds: expect.any(Number) });
        }
        expect(await ask(newEmail("free"), `198.51.100.${conceal.length}`)).toMatchObject({
          emailVerified: false,
        });
      });
    });
  },
);

describe("where accounts are concealed, a taken email", () => {
  beforeEach(() => set("CONCEAL_ACCOUNTS", "true"));

  it("is answered as a free one: the same members in the same order, of the request and of nobody", async () => {
    await withUserInStep("owner", async (owner) => {
      const free = await register(newEmail("free"), "Mallory");
      const before = await itemsOf(owner.id);
      const taken = await register(owner.email.toUpperCase(), "Mallory");
      expect(Object.keys(taken)).toEqual(Object.keys(free));
      const own = { id: taken.id, email: owner.email.toUpperCase(), createdAt: taken.createdAt };
      expect(taken).toEqual({ ...free, ...own, updatedAt: taken.createdAt });
      expect(taken.id).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
      expect(taken.createdAt >= free.createdAt).toBe(true);
      expect(taken.id).not.toBe(owner.id);
      expect(await itemsOf(owner.id)).toEqual(before);
      expect(JSON.stringify(await readTable())).not.toContain(taken.id);
    });
  });

  it("costs the same requests and one job of the same members", async () => {
    await withUserInStep("owner", async (owner) => {
      const [free, taken] = [newEmail("free"), owner.email];
      const asked = [];
      for (const email of [free, taken]) asked.push(await requestsOf(() => register(email)));
      const [first, second] = asked.map((requests) => requests.map(({ operation }) => operation));
      expect(first).toEqual(["UpdateItem", "TransactWriteItems"]);
      expect(second).toEqual(first);
      const [one, other, ...more] = jobs();
      expect(Object.keys(other ?? {})).toEqual(Object.keys(one ?? {}));
      expect([one?.["kind"], other?.["kind"]]).toEqual(["registered", "registered"]);
      expect(more).toEqual([]);
    });
  });

  it("is told to its owner alone, by mail", async () => {
    await withUserInStep("owner", async (owner) => {
      await register(owner.email);
      mails();
      await doQueuedJobs();
      const letters = mails();
      expect(letters).toHaveLength(1);
      expect(JSON.stringify(letters)).toContain(owner.email);
      expect(JSON.stringify(letters)).not.toContain("verify-email#");
    });
  });

  it("is answered however often, and does not log in with the password that was sent", async () => {
    await withUserInStep("owner", async ({ id, email, password }) => {
      await Account.verifyEmail({ token: (await mailedCode("verify_email", { id, email })).token });
      const other = { email, password: "amber pagoda 57 kites" };
      const answers = [await Account.register(other, sourceIp), await Account.register(other, sourceIp)];
      expect(new Set(answers.map((answer) => answer.id)).size).toBe(2);
      expect(await codeOf(User.authenticate(email, other.password))).toBe("invalid_credentials");
      await User.authenticate(email, password);
    });
  });

  it("is told from a free one by no log-in with the password that was sent, until the address is verified", async () => {
    await withUserInStep("owner", async (owner) => {
      const password = "amber pagoda 57 kites";
      const told = [];
      for (const email of [newEmail("free"), owner.email]) {
        await Account.register({ email, password }, sourceIp);
        const { code, message } = await refusalOf(User.authenticate(email, password));
        told.push({ code, message });
      }
      expect(told[0]).toEqual(told[1]);
      expect(told[0]).toMatchObject({ code: "invalid_credentials" });
    });
  });

  it("is refused for a weak password as a free one", async () => {
    await withUserInStep("owner", async ({ email }) => {
      const refusals = [];
      for (const each of [email, newEmail("free")])
        refusals.push(await refusalOf(Account.register({ email: each, password: "password" }, sourceIp)));
      const [taken, free] = refusals.map(({ code, fields }) => ({ code, fields }));
      expect(taken).toEqual(free);
    });
  });
});

describe("a registration that is repeated under its own id", () => {
  const body = (email: string) => ({ email, password: goodPassword, name: "Ada" });

  it.each(["false", "true"])(
    "knows the account it made the first time (accounts concealed: %s)",
    async (conceal) => {
      set("CONCEAL_ACCOUNTS", conceal);
      const [email, userId] = [newEmail("repeat"), newId()];
      const first = await Account.register(body(email), sourceIp, { userId });
      const again = await Account.register(body(email), sourceIp, { userId, isRepeat: true });
      expect(again).toEqual(first);
      expect(Object.keys(again)).toEqual(Object.keys(first));
      expect(await itemsOf(userId)).toHaveLength(4);
      expect(jobs().map((job) => job["userId"])).toEqual([userId, userId]);
    },
  );

  it("does not take another's account for its own", async () => {
    await withUserInStep("owner", async (owner) => {
      const repeat = { userId: newId(), isRepeat: true };
      expect(await codeOf(Account.register(body(owner.email), sourceIp, repeat))).toBe("email_taken");
      set("CONCEAL_ACCOUNTS", "true");
      const answer = await Account.register(body(owner.email), sourceIp, repeat);
      expect(answer).toMatchObject({ id: repeat.userId, name: "Ada", roles: [] });
      const again = await Account.register(body(owner.email), sourceIp, repeat);
      expect(again).toEqual(answer);
      expect(await itemsOf(repeat.userId)).toEqual([]);
    });
  });

  it("is not known by its id alone: without the word that it is a repeat the email is taken", async () => {
    const [email, userId] = [newEmail("norepeat"), newId()];
    await Account.register(body(email), sourceIp, { userId });
    expect(await codeOf(Account.register(body(email), sourceIp, { userId }))).toBe("email_taken");
  });
});
