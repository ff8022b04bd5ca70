import { beforeEach, describe, expect, it } from "vitest";
import { clearOutbox, delayedJobs, jobs } from "../../../functions/test/outbox.ts";
import { deleteItem, itemOf, itemsOf, readState, readTable, stateOf } from "../../test/items.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { doQueuedJobs, withoutQueue } from "../../test/queue.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { type Held, logIn, opens, origin, storedSession } from "../../test/session.ts";
import { type TestUser, withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const newPassword = "seven lanterns over Ghent";

beforeEach(clearOutbox);

async function logInAs({ email, password }: TestUser): Promise<Held> {
  return logIn(await User.authenticate(email, password));
}

describe("a change of password", () => {
  it("lets the new one in and the old one no more", async () => {
    await withUserInStep("renewed", async (user) => {
      const held = await logInAs(user);
      await Account.changePassword(held, { currentPassword: user.password, newPassword });
      expect(await User.authenticate(user.email, newPassword)).toMatchObject({ userId: user.id, epoch: 1 });
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
    });
  });

  it("keeps the session that asks, with both its tokens, and ends the others and says how many", async () => {
    await withUserInStep("kept", async (user) => {
      const held = await logInAs(user);
      const others = [await logInAs(user), await logInAs(user)];
      const stored = await storedSession(held);
      const change = Account.changePassword(held, { currentPassword: user.password, newPassword });
      expect(await change).toEqual({ ended: 2 });
      expect(await storedSession(held)).toEqual({ ...stored, epoch: 1 });
      expect(await opens(held.token)).toBe(true);
      expect(await opens((await Session.refresh(held.refreshToken, origin)).token)).toBe(true);
      for (const { token, refreshToken } of others) {
        expect(await opens(token)).toBe(false);
        expect(await codeOf(Session.refresh(refreshToken, origin))).toBe("session_ended");
      }
    });
  });

  it("can be made again in the same session, with the password that it set", async () => {
    await withUserInStep("again", async (user) => {
      const held = await logInAs(user);
      await Account.changePassword(held, { currentPassword: user.password, newPassword });
      const back = { currentPassword: newPassword, newPassword: "amber pagoda 57 kites" };
      expect(await Account.changePassword(held, back)).toEqual({ ended: 0 });
      expect(await opens(held.token)).toBe(true);
      expect(await itemOf(user.id, "profile")).toMatchObject({ epoch: 2 });
    });
  });

  it("also ends a session that a log-in under way stores a moment later, and the job removes only that", async () => {
    await withUserInStep("underway", async (user) => {
      const held = await logInAs(user);
      const profile = await User.authenticate(user.email, user.password);
      await Account.changePassword(held, { currentPassword: user.password, newPassword });
      const late = await logIn(profile);
      expect(await opens(late.token)).toBe(false);
      expect(await doQueuedJobs()).toEqual(["tidy", "password_changed"]);
      expect(await storedSession(late)).toBeUndefined();
      expect(await opens(held.token)).toBe(true);
    });
  });

  it("queues the tidying before the write and the notice after it, once each", async () => {
    await withUserInStep("queued", async (user) => {
      const held = await logInAs(user);
      const before: unknown[] = [];
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") before.push(...delayedJobs());
          await send();
        },
        () => Account.changePassword(held, { currentPassword: user.password, newPassword }),
      );
      expect(before).toMatchObject([{ job: { kind: "tidy", userId: user.id } }]);
      expect(jobs()).toEqual([{ id: expect.any(String), kind: "password_changed", userId: user.id }]);
    });
  });
});

describe("the password stays and every session goes on", () => {
  it("where the current one is wrong", async () => {
    await withUserInStep("wrong", async (user) => {
      const [held, other] = [await logInAs(user), await logInAs(user)];
      const before = await readState();
      for (const currentPassword of [
        newPassword,
        "",
        user.password.toUpperCase(),
        "x".repeat(2000),
        "\uD800",
      ]) {
        const change = Account.changePassword(held, { currentPassword, newPassword });
        expect(await codeOf(change)).toBe("wrong_password");
      }
      expect(await readState()).toEqual(before);
      expect(jobs()).toEqual([]);
      expect([await opens(held.token), await opens(other.token)]).toEqual([true, true]);
    });
  });

  it("where the new one is weak, which is told of the new one", async () => {
    await withUserInStep("weakling", async (user) => {
      const held = await logInAs(user);
      const before = await readTable();
      for (const weak of ["short", "password1", user.email, "weakling2024"]) {
        const change = Account.changePassword(held, { currentPassword: user.password, newPassword: weak });
        const fields = [{ pointer: "/newPassword", message: expect.stringMatching(/\w+ \w+/) }];
        expect(await refusalOf(change)).toMatchObject({ code: "weak_password", fields });
      }
      expect(await readTable()).toEqual(before);
    });
  });

  it("where the session that asks has ended already", async () => {
    await withUserInStep("loggedout", async (user) => {
      const [held, other] = [await logInAs(user), await logInAs(user)];
      await Session.end(held.userId, held.sessionId);
      const before = await readTable();
      const change = Account.changePassword(held, { currentPassword: user.password, newPassword });
      expect(await codeOf(change)).toBe("invalid_token");
      expect(await readTable()).toEqual(before);
      expect(await opens(other.token)).toBe(true);
      expect(jobs().map(({ kind }) => kind)).not.toContain("password_changed");
    });
  });

  it("where the session is another person's", async () => {
    await withUserInStep("ada", async (ada) => {
      await withUserInStep("mallory", async (mallory) => {
        const { sessionId } = await logInAs(mallory);
        const before = await itemsOf(ada.id);
        const change = { currentPassword: ada.password, newPassword };
        const attempt = Account.changePassword({ userId: ada.id, sessionId }, change);
        expect(await codeOf(attempt)).toBe("invalid_token");
        expect(await itemsOf(ada.id)).toEqual(before);
      });
    });
  });

  it("where the queue takes nothing", async () => {
    await withUserInStep("queueless", async (user) => {
      const [held, other] = [await logInAs(user), await logInAs(user)];
      const before = await readTable();
      const change = { currentPassword: user.password, newPassword };
      expect(await withoutQueue(() => codeOf(Account.changePassword(held, change)))).toBe("unavailable");
      expect(await readTable()).toEqual(before);
      expect(await opens(other.token)).toBe(true);
    });
  });
});

describe("somebody who is gone", () => {
  it("or disabled has no password to change", async () => {
    const nobody = { userId: newId(), sessionId: `00${newId()}` };
    const change = { currentPassword: "violet marmalade 93 tram", newPassword };
    expect(await codeOf(Account.changePassword(nobody, change))).toBe("invalid_token");
    await withUserInStep("disabled", async (user) => {
      const held = await logInAs(user);
      await User.setStatus(user.email, "disabled");
      expect(await codeOf(Account.changePassword(held, change))).toBe("invalid_token");
      await User.setStatus(user.email, "active");
      await User.authenticate(user.email, user.password);
    });
  });

  it("at the write does not come back", async () => {
    await withTestUser("vanishing", async (user) => {
      const held = await logInAs(user);
      const [profile, login] = [await itemOf(user.id, "profile"), await itemOf(user.id, "login")];
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") {
            await deleteItem(profile);
            await deleteItem(login);
          }
          await send();
        },
        async () => {
          const change = { currentPassword: user.password, newPassword };
          expect(await codeOf(Account.changePassword(held, change))).toBe("invalid_token");
        },
      );
      expect((await stateOf(user.id)).map(({ sk }) => sk)).toEqual([`session#${held.sessionId.slice(0, 2)}`]);
    });
  });
});
