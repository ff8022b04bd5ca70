import { beforeEach, describe, expect, it } from "vitest";
import { clearOutbox, jobs } from "../../../functions/test/outbox.ts";
import { deleteItem, itemOf, putItem, readTable, stateOf } from "../../test/items.ts";
import { mailedCode, otherDigits } from "../../test/mailed-codes.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { withoutQueue } from "../../test/queue.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { logIn, opens, origin } from "../../test/session.ts";
import { goodPassword, newEmail, type TestUser } from "../../test/user.ts";
import * as Session from "../session/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

beforeEach(clearOutbox);

/** A code for a new address of this person, and the address. */
async function change({ id }: TestUser, name = "New") {
  const email = newEmail(name);
  return { email, ...(await mailedCode("change_email", { id, email })) };
}

describe("a new email that is confirmed", () => {
  it("by the link logs in with the same password, verified, and the old one does no more", async () => {
    await withUserInStep("moved", async (user) => {
      const { email, token } = await change(user);
      const answer = await Account.confirmEmail(user.id, { token });
      expect(answer).toEqual({
        ...user,
        password: undefined,
        email,
        emailVerified: true,
        updatedAt: answer.updatedAt,
      });
      expect(await User.get(user.id)).toEqual(answer);
      const profile = await User.authenticate(email.toUpperCase(), user.password);
      expect(User.toUser(profile)).toEqual(answer);
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
    });
  });

  it("by the digits does the same", async () => {
    await withUserInStep("typed", async (user) => {
      const { email, digits } = await change(user);
      expect(await codeOf(Account.confirmEmail(user.id, { code: otherDigits(digits) }))).toBe("invalid_code");
      expect(await Account.confirmEmail(user.id, { code: digits })).toMatchObject({ email });
      await User.authenticate(email, user.password);
    });
  });

  it("works on an account of a time when its sources were not remembered", async () => {
    await withUserInStep("early", async (user) => {
      const { knownSources: _, ...early } = await itemOf(user.id, "login");
      await putItem(early as typeof early & Parameters<typeof putItem>[0]);
      const { email, token } = await change(user);
      await Account.confirmEmail(user.id, { token });
      expect(await itemOf(user.id, "login")).toMatchObject({ email, knownSources: [] });
    });
  });

  it("carries over every attribute of the account but the email's own", async () => {
    await withUserInStep("whole", async (user) => {
      await User.change(user.id, { name: "Whole", locale: "pt-BR", picture: "https://example.com/w.png" });
      for (const sk of ["profile", "login"])
        await putItem({ ...(await itemOf(user.id, sk)), roles: ["editor", "admin"], epoch: 3 });
      const [profile, login] = [await itemOf(user.id, "profile"), await itemOf(user.id, "login")];
      const { email, token } = await change(user);
      await Account.confirmEmail(user.id, { token });
      const set = { email, emailVerified: true, updatedAt: expect.any(String) };
      expect(await itemOf(user.id, "profile")).toEqual({ ...profile, ...set });
      const normalisedEmail = email.toLowerCase();
      const mailed = { mailStatus: "proven", mailStatusAt: expect.any(String) };
      const moved = { ...login, ...set, ...mailed, normalisedEmail, pk: `email#${normalisedEmail}` };
      expect(await itemOf(user.id, "login")).toEqual(moved);
      expect(await stateOf(user.id)).toHaveLength(2);
    });
  });

  it("leaves every session as it is", async () => {
    await withUserInStep("logged", async (user) => {
      const profile = await User.authenticate(user.email, user.password);
      const [held, other] = [await logIn(profile), await logIn(profile)];
      const { token } = await change(user);
      await Account.confirmEmail(user.id, { token });
      for (const session of [held, other]) {
        expect(await opens(session.token)).toBe(true);
        expect(await opens((await Session.refresh(session.refreshToken, origin)).token)).toBe(true);
      }
    });
  });

  it("frees the old one at once for a new and different account", async () => {
    await withUserInStep("freed", async (user) => {
      const { email, token } = await change(user);
      await Account.confirmEmail(user.id, { token });
      const heir = await User.register({ email: user.email, password: "amber pagoda 57 kites" });
      expect(heir.id).not.toBe(user.id);
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
      expect(await User.authenticate(email, user.password)).toMatchObject({ userId: user.id });
    });
  });

  it("is told to the old address by one job", async () => {
    await withUserInStep("told", async (user) => {
      const { email, token } = await change(user);
      await Account.confirmEmail(user.id, { token });
      const told = { kind: "email_changed", userId: user.id, oldEmail: user.email, newEmail: email };
      expect(jobs()).toEqual([{ id: expect.any(String), ...told }]);
    });
  });

  it("is confirmed although the queue takes nothing", async () => {
    await withUserInStep("queueless", async (user) => {
      const { email, token } = await change(user);
      await withoutQueue(() => Account.confirmEmail(user.id, { token }));
      await User.authenticate(email, user.password);
    });
  });

  it("is written and recorded by one transaction with a condition on each of five items", async () => {
    await withUserInStep("counted", async (user) => {
      const { token } = await change(user);
      const requests = await requestsOf(() => Account.confirmEmail(user.id, { token }));
      const reads = ["GetItem", "GetItem", "GetItem", "GetItem"];
      const operations = requests.map(({ operation }) => operation);
      expect(operations).toEqual([...reads, "TransactWriteItems", "PutItem"]);
      const writes = requests[4]?.input["TransactItems"] as Record<string, { ConditionExpression: string }>[];
      expect(writes.map((write) => Object.keys(write)[0])).toEqual([
        "Delete",
        "Update",
        "Delete",
        "Put",
        "Put",
      ]);
      const conditions = writes.flatMap(Object.values).map(({ ConditionExpression }) => ConditionExpression);
      for (const condition of conditions) expect(condition).toMatch(/attribute_(?:not_)?exists/);
    });
  });
});

describe("nothing is confirmed and nothing changes", () => {
  it("by another person's session, with the link or the digits", async () => {
    await withUserInStep("ada", async (ada) => {
      await withUserInStep("mallory", async (mallory) => {
        const { token, digits } = await change(ada);
        const before = await readTable();
        expect(await codeOf(Account.confirmEmail(mallory.id, { token }))).toBe("invalid_code");
        expect(await codeOf(Account.confirmEmail(mallory.id, { code: digits }))).toBe("invalid_code");
        expect(await readTable()).toEqual(before);
        await Account.confirmEmail(ada.id, { token });
      });
    });
  });

  it("by the link that calls it off, or a code of another purpose", async () => {
    await withUserInStep("wrong", async (user) => {
      const { undo } = await change(user);
      const verify = await mailedCode("verify_email", user);
      const reset = await mailedCode("reset_password", user);
      const before = await readTable();
      for (const token of [undo, verify.token, reset.token, ""])
        expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("invalid_code");
      expect(await readTable()).toEqual(before);
    });
  });

  it("where the address has been taken meanwhile", async () => {
    await withUserInStep("late", async (user) => {
      const { email, token } = await change(user);
      const owner = await User.register({ email: email.toUpperCase(), password: goodPassword });
      const before = await readTable();
      expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("email_taken");
      expect(await readTable()).toEqual(before);
      expect(jobs()).toEqual([]);
      expect(await User.get(owner.id)).toEqual(owner);
    });
  });

  it("a second time", async () => {
    await withUserInStep("twice", async (user) => {
      const { token, digits } = await change(user);
      await Account.confirmEmail(user.id, { token });
      const before = await readTable();
      expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("invalid_code");
      expect(await codeOf(Account.confirmEmail(user.id, { code: digits }))).toBe("invalid_code");
      expect(await readTable()).toEqual(before);
    });
  });

  it("by a code before the one that was asked for last", async () => {
    await withUserInStep("earlier", async (user) => {
      const [earlier, later] = [await change(user), await change(user)];
      expect(await codeOf(Account.confirmEmail(user.id, { token: earlier.token }))).toBe("invalid_code");
      expect(await Account.confirmEmail(user.id, { token: later.token })).toMatchObject({
        email: later.email,
      });
    });
  });

  it("where something else of the account changes before each of three tries", async () => {
    await withUserInStep("restless", async (user) => {
      const { email, token } = await change(user);
      let tries = 0;
      let isOurs = true;
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems" && isOurs) {
            isOurs = false;
            tries += 1;
            await User.change(user.id, { name: `Restless ${tries}` });
            isOurs = true;
          }
          await send();
        },
        () => Account.confirmEmail(user.id, { token }),
      );
      expect(await codeOf(attempt)).toBe("unavailable");
      expect(tries).toBe(3);
      expect(await User.get(user.id)).toMatchObject({ email: user.email, name: "Restless 3" });
      expect(await Account.confirmEmail(user.id, { token })).toMatchObject({ email, name: "Restless 3" });
    });
  });

  it("where the Login is gone", async () => {
    await withUserInStep("broken", async (user) => {
      const { token } = await change(user);
      const login = await itemOf(user.id, "login");
      await deleteItem(login);
      expect(await codeOf(Account.confirmEmail(user.id, { token }))).toBe("invalid_token");
      await putItem(login);
    });
  });
});
