import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, delayedJobs, jobs } from "../../../functions/test/outbox.ts";
import { belongingsOf } from "../../test/belongings.ts";
import { itemsOf, readState, readTable } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withOutage } from "../../test/outages.ts";
import { expectPeopleInStep, orphans, withUserInStep } from "../../test/people-in-step.ts";
import { doQueuedJobs, withoutQueue } from "../../test/queue.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { logIn, opens, origin, refreshedSession } from "../../test/session.ts";
import { goodPassword, newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import { EventEntity } from "../event/event.entity.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

/** The pause for what is under way ends at once. */
vi.mock("node:timers/promises", { spy: true });

beforeEach(() => {
  vi.mocked(sleep).mockResolvedValue(undefined);
  clearOutbox();
});

/** Gives a person an item of every kind, and a Throttle for their source. */
async function settleIn(user: TestUser) {
  const profile = await User.authenticate(user.email, user.password);
  const held = await refreshedSession(1, profile);
  const stolen = await refreshedSession(2, profile);
  expect(await codeOf(Session.refresh(stolen.chain[0] ?? "", origin))).toBe("refresh_token_reused");
  await mailedCode("verify_email", user);
  await mailedCode("reset_password", user);
  await mailedCode("change_email", { id: user.id, email: newEmail("next") });
  const change = { email: newEmail("next"), password: user.password };
  await Account.requestEmailChange(user.id, change, origin);
  return held;
}

async function expectNoTrace({ id, email }: TestUser): Promise<void> {
  const text = JSON.stringify(await readTable()).toLowerCase();
  expect(text).not.toContain(id);
  expect(text).not.toContain(email.toLowerCase());
}

describe("an account that is erased", () => {
  it("leaves nothing in the table that names its id or its email, and one word of the stage that it was", async () => {
    await withTestUser("Traceless", async (user) => {
      await settleIn(user);
      const count = (await itemsOf(user.id)).length;
      expect(count).toBeGreaterThanOrEqual(7);
      const receipt = await Account.erase(user.id, user.password);
      expect(receipt.itemsErased).toBe(count);
      await expectNoTrace(user);
      const left = (await readTable()).filter((item) => item["__edb_e__"] !== "throttle");
      expect(left).toMatchObject([
        {
          pk: "stage",
          sk: "event#0000000001",
          type: "account_deleted",
          details: { receiptId: receipt.receiptId },
        },
        { pk: "stage", sk: "mark" },
      ]);
    });
  });

  it("is answered with a receipt that names no person", async () => {
    await withTestUser("receipt", async (user) => {
      const receipt = await Account.erase(user.id, user.password);
      expect(receipt).toEqual({
        receiptId: expect.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/),
        erasedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        itemsErased: 4,
      });
      for (const each of [user.id, user.email, "receipt."])
        expect(JSON.stringify(receipt)).not.toContain(each);
    });
  });

  it("has no session, no token and no log-in any more", async () => {
    await withTestUser("locked", async (user) => {
      const held = await settleIn(user);
      await Account.erase(user.id, user.password);
      expect(await opens(held.token)).toBe(false);
      expect(await codeOf(Session.refresh(held.refreshToken, origin))).toBe("session_ended");
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
      expect(await codeOf(User.get(user.id))).toBe("invalid_token");
      expect(await codeOf(Account.exportAccount(user.id))).toBe("invalid_token");
    });
  });

  it("frees its email for a new and different account, into which nothing of the old one leads", async () => {
    await withTestUser("freed", async (user) => {
      const held = await settleIn(user);
      await Account.erase(user.id, user.password);
      const heir = await User.register({ email: user.email, password: goodPassword });
      expect(heir.id).not.toBe(user.id);
      expect(await opens(held.token)).toBe(false);
      expect(await codeOf(Session.refresh(held.refreshToken, origin))).toBe("session_ended");
      await doQueuedJobs();
      expect(await User.authenticate(user.email, goodPassword)).toMatchObject({ userId: heir.id });
      await expectPeopleInStep();
    });
  });

  it("has the tidying queued before anything is deleted, and the farewell after it, by address and language", async () => {
    await withTestUser("farewell", async (user) => {
      await User.change(user.id, { locale: "de" });
      const before: unknown[] = [];
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") before.push(...delayedJobs());
          await send();
        },
        () => Account.erase(user.id, user.password),
      );
      expect(before).toMatchObject([{ job: { kind: "tidy", userId: user.id } }]);
      expect(before).toMatchObject([{ delaySeconds: expect.toSatisfy((seconds: number) => seconds >= 15) }]);
      const farewell = { kind: "account_deleted", email: user.email, locale: "de" };
      expect(jobs()).toEqual([{ id: expect.any(String), ...farewell }]);
    });
  });

  it("may be as large as several pages of its partition", async () => {
    await withTestUser("large", async (user) => {
      const { event } = belongingsOf(user.id, user.email);
      const events = Array.from({ length: 400 }, (_, index) => ({
        ...event,
        number: index + 2,
        userAgent: "x".repeat(4000),
      }));
      for (let first = 0; first < events.length; first += 50)
        await Promise.all(events.slice(first, first + 50).map((each) => EventEntity.create(each).go()));
      expect(await Account.erase(user.id, user.password)).toMatchObject({ itemsErased: 404 });
      await expectNoTrace(user);
    });
  });
});

describe("nothing is deleted", () => {
  it("with a wrong password", async () => {
    await withUserInStep("wrong", async (user) => {
      const held = await logIn(await User.authenticate(user.email, user.password));
      const before = await readState();
      for (const password of ["", "wrong", user.password.toUpperCase(), "x".repeat(2000)])
        expect(await codeOf(Account.erase(user.id, password))).toBe("wrong_password");
      expect(await readState()).toEqual(before);
      expect(jobs()).toEqual([]);
      expect(await opens(held.token)).toBe(true);
    });
  });

  it("where the queue takes nothing", async () => {
    await withUserInStep("queueless", async (user) => {
      const before = await readTable();
      const attempt = () => refusalOf(Account.erase(user.id, user.password));
      expect(await withoutQueue(attempt)).toMatchObject({ code: "unavailable" });
      expect(await readTable()).toEqual(before);
    });
  });

  it("of somebody who is gone, disabled or another", async () => {
    expect(await codeOf(Account.erase(newId(), goodPassword))).toBe("invalid_token");
    await withUserInStep("disabled", async (user) => {
      await User.setStatus(user.email, "disabled");
      const before = await readTable();
      expect(await codeOf(Account.erase(user.id, user.password))).toBe("invalid_token");
      expect(await readTable()).toEqual(before);
    });
  });

  it("by the job that tidies up where the account goes on, whatever it was queued for", async () => {
    await withUserInStep("alive", async (user) => {
      await settleIn(user);
      const attempt = () => Account.erase(user.id, user.password).catch(() => undefined);
      expect(await withOutage(3, "request", attempt)).toBe(true);
      const settled = async () =>
        (await readTable()).filter(({ sk }) => !sk.startsWith("code#") && !sk.startsWith("window#"));
      const before = await settled();
      expect(await doQueuedJobs()).toContain("tidy");
      expect(await settled()).toEqual(before);
    });
  });
});

describe("an erasure that breaks off", () => {
  it.each(["request", "answer"] as const)(
    "after the account is gone (the %s of the sweep is lost) is finished by the job",
    async (lost) => {
      await withTestUser("crashed", async (user) => {
        const held = await settleIn(user);
        clearOutbox();
        expect(await withOutage(4, lost, () => Account.erase(user.id, user.password))).toBe(true);
        expect((await orphans()).length).toBeGreaterThan(0);
        expect(await opens(held.token)).toBe(false);
        expect(await doQueuedJobs()).toEqual(["tidy", "account_deleted"]);
        await expectNoTrace(user);
      });
    },
  );

  it("because the answer of its one write is lost is told as unavailable and finished by the job", async () => {
    await withTestUser("unknown", async (user) => {
      await settleIn(user);
      clearOutbox();
      let told: string | undefined;
      const attempt = async () => {
        told = await codeOf(Account.erase(user.id, user.password));
      };
      expect(await withOutage(3, "answer", attempt)).toBe(true);
      expect(told).toBe("unavailable");
      expect(await doQueuedJobs()).toEqual(["tidy"]);
      await expectNoTrace(user);
    });
  });

  it("because one answer of its write was lost is one erasure", async () => {
    await withTestUser("once", async (user) => {
      await settleIn(user);
      expect(await withOutage(3, "answer", () => Account.erase(user.id, user.password), 1)).toBe(true);
      await expectNoTrace(user);
    });
  });
});
