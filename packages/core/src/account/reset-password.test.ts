import { beforeEach, describe, expect, it } from "vitest";
import { clearOutbox, delayedJobs, jobs } from "../../../functions/test/outbox.ts";
import { deleteItem, itemOf, itemsOf, readTable, stateOf } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { doQueuedJobs, withoutQueue } from "../../test/queue.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { logIn, opens, origin, storedSession } from "../../test/session.ts";
import { type TestUser, withTestUser } from "../../test/user.ts";
import * as Session from "../session/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const another = "seven lanterns over Ghent";

beforeEach(clearOutbox);

async function linkTo(user: TestUser): Promise<string> {
  return (await mailedCode("reset_password", user)).token;
}

describe("a reset of the password", () => {
  it("lets the new one in and the old one no more, and verifies the address that was mailed", async () => {
    await withUserInStep("renewed", async (user) => {
      await Account.resetPassword(await linkTo(user), another);
      const profile = await User.authenticate(user.email, another);
      expect(profile).toMatchObject({ userId: user.id, emailVerified: true, epoch: 1 });
      expect(await User.get(user.id)).toMatchObject({ emailVerified: true });
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
    });
  });

  it("ends every session at once and opens none", async () => {
    await withUserInStep("ended", async (user) => {
      const profile = await User.authenticate(user.email, user.password);
      const sessions = [await logIn(profile), await logIn(profile), await logIn(profile)];
      await Account.resetPassword(await linkTo(user), another);
      for (const { token, refreshToken } of sessions) {
        expect(await opens(token)).toBe(false);
        expect(await codeOf(Session.refresh(refreshToken, origin))).toBe("session_ended");
      }
      expect((await stateOf(user.id)).map(({ sk }) => sk)).toEqual(["login", "profile"].toSorted());
      expect(await opens((await logIn(await User.authenticate(user.email, another))).token)).toBe(true);
    });
  });

  it("also ends a session that a log-in under way stores a moment later, and the job removes it", async () => {
    await withUserInStep("underway", async (user) => {
      const profile = await User.authenticate(user.email, user.password);
      await Account.resetPassword(await linkTo(user), another);
      const late = await logIn(profile);
      const fresh = await logIn(await User.authenticate(user.email, another));
      expect(await storedSession(late)).toBeDefined();
      expect(await opens(late.token)).toBe(false);
      expect(await opens((await Session.refresh(late.refreshToken, origin)).token)).toBe(false);
      expect(await doQueuedJobs()).toContain("tidy");
      expect(await storedSession(late)).toBeUndefined();
      expect(await opens(fresh.token)).toBe(true);
    });
  });

  it("queues the tidying before the write and the notice after it, once each", async () => {
    await withUserInStep("queued", async (user) => {
      const token = await linkTo(user);
      const before: unknown[] = [];
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") before.push(...delayedJobs());
          await send();
        },
        () => Account.resetPassword(token, another),
      );
      expect(before).toMatchObject([{ job: { kind: "tidy", userId: user.id } }]);
      expect(before).toMatchObject([{ delaySeconds: expect.toSatisfy((seconds: number) => seconds >= 15) }]);
      expect(jobs()).toEqual([{ id: expect.any(String), kind: "password_changed", userId: user.id }]);
    });
  });

  it("asks for nothing but the code, the person, their sessions, one recorded transaction and what to forgive", async () => {
    await withUserInStep("counted", async (user) => {
      const token = await linkTo(user);
      const requests = await requestsOf(() => Account.resetPassword(token, another));
      expect(requests.map(({ operation }) => operation)).toEqual([
        "GetItem",
        "GetItem",
        "Query",
        "GetItem",
        "TransactWriteItems",
        "PutItem",
        "DeleteItem",
        "DeleteItem",
      ]);
      for (const { input } of requests.slice(0, 4)) expect(input).toMatchObject({ ConsistentRead: true });
      const writes = requests[4]?.input["TransactItems"] as Record<string, { ConditionExpression: string }>[];
      expect(writes.map((write) => Object.keys(write))).toEqual([
        ["Delete"],
        ["Update"],
        ["Update"],
        ["Put"],
      ]);
      const conditions = writes.flatMap(Object.values).map(({ ConditionExpression }) => ConditionExpression);
      for (const condition of conditions.slice(0, 3)) expect(condition).toContain("attribute_exists");
      expect(conditions[3]).toContain("attribute_not_exists");
    });
  });
});

describe("nothing is changed and no session ended", () => {
  it("by a weak password, and the link still works", async () => {
    await withUserInStep("weakling", async (user) => {
      const held = await logIn(await User.authenticate(user.email, user.password));
      const token = await linkTo(user);
      const before = await readTable();
      for (const weak of ["short", "password1", user.email, "weakling2024"]) {
        const refusal = await refusalOf(Account.resetPassword(token, weak));
        expect(refusal).toMatchObject({ code: "weak_password", fields: [{ pointer: "/password" }] });
      }
      expect(await readTable()).toEqual(before);
      expect(jobs()).toEqual([]);
      expect(await opens(held.token)).toBe(true);
      await Account.resetPassword(token, another);
    });
  });

  it("by a link that was used, a link of another purpose, or a text that is none", async () => {
    await withUserInStep("used", async (user) => {
      const used = await linkTo(user);
      await Account.resetPassword(used, another);
      const held = await logIn(await User.authenticate(user.email, another));
      const verify = await mailedCode("verify_email", user);
      const change = await mailedCode("change_email", user);
      const before = await readTable();
      clearOutbox();
      for (const token of [used, verify.token, change.token, change.undo, verify.digits, "", `${used}.`])
        expect(await codeOf(Account.resetPassword(token, "amber pagoda 57 kites"))).toBe("invalid_code");
      expect(await readTable()).toEqual(before);
      expect(jobs()).toEqual([]);
      expect(await opens(held.token)).toBe(true);
    });
  });

  it("where the queue takes nothing: it is unavailable, and the link works later", async () => {
    await withUserInStep("queueless", async (user) => {
      const held = await logIn(await User.authenticate(user.email, user.password));
      const token = await linkTo(user);
      const before = await readTable();
      const attempt = () => codeOf(Account.resetPassword(token, another));
      expect(await withoutQueue(attempt)).toBe("unavailable");
      expect(await readTable()).toEqual(before);
      expect(await opens(held.token)).toBe(true);
      await Account.resetPassword(token, another);
    });
  });
});

describe("two resets", () => {
  it("with one link at the same time: one password is set and the other is told that the link is spent", async () => {
    await withUserInStep("twice", async (user) => {
      const token = await linkTo(user);
      const passwords = [another, "amber pagoda 57 kites"];
      const outcomes = await Promise.allSettled(passwords.map((text) => Account.resetPassword(token, text)));
      const won = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes[1 - won]).toMatchObject({ status: "rejected", reason: { code: "invalid_code" } });
      await User.authenticate(user.email, passwords[won] ?? "");
      const lost = User.authenticate(user.email, passwords[1 - won] ?? "");
      expect(await codeOf(lost)).toBe("invalid_credentials");
      expect(jobs().filter(({ kind }) => kind === "password_changed")).toHaveLength(1);
    });
  });

  it("that the same person asked for: the later link works and the earlier is void", async () => {
    await withUserInStep("again", async (user) => {
      const [earlier, later] = [await linkTo(user), await linkTo(user)];
      expect(await codeOf(Account.resetPassword(earlier, another))).toBe("invalid_code");
      await Account.resetPassword(later, another);
    });
  });
});

it("a Login that is gone at the write does not come back, and nothing of the person changes", async () => {
  await withTestUser("vanishing", async (user) => {
    const token = await linkTo(user);
    const [login, profile] = [await itemOf(user.id, "login"), await itemOf(user.id, "profile")];
    await intercepted(
      async ({ operation }, send) => {
        if (operation === "TransactWriteItems") await deleteItem(login);
        await send();
      },
      async () => expect(await codeOf(Account.resetPassword(token, another))).toBe("invalid_code"),
    );
    expect(await itemOf(user.id, "profile")).toEqual(profile);
    expect((await itemsOf(user.id)).map(({ sk }) => sk)).not.toContain("login");
    await deleteItem(profile);
  });
});
