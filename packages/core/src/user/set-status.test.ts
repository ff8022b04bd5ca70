import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { deleteItem, itemOf, itemsOf, putItem, readTable } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { logIn, opens, origin, storedSession } from "../../test/session.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import * as User from "./index.ts";

async function logInAs({ email, password }: TestUser) {
  return logIn(await User.authenticate(email, password));
}

describe("shutting somebody out", () => {
  it("ends every session of theirs at once, and no log-in leads back in", async () => {
    await withTestUser("shut", async (user) => {
      const sessions = [await logInAs(user), await logInAs(user), await logInAs(user)];
      await User.setStatus(user.email, "disabled");
      for (const { token, refreshToken } of sessions) {
        expect(await opens(token)).toBe(false);
        expect(await codeOf(Session.refresh(refreshToken, origin))).toBe("session_ended");
      }
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
      expect(await codeOf(User.get(user.id))).toBe("invalid_token");
    });
  });

  it("is over and done with before any session is taken away: the write itself ends them", async () => {
    await withTestUser("atonce", async (user) => {
      const held = await logInAs(user);
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "Query") throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
          await send();
        },
        () => User.setStatus(user.email, "disabled"),
      );
      expect(await codeOf(attempt)).toBe("unavailable");
      expect(await storedSession(held)).toBeDefined();
      expect(await opens(held.token)).toBe(false);
      const { token } = await Session.refresh(held.refreshToken, origin);
      expect(await opens(token)).toBe(false);
      await User.setStatus(user.email, "disabled");
      expect(await storedSession(held)).toBeUndefined();
    });
  });

  it("also ends a session that a log-in under way stores a moment later", async () => {
    await withTestUser("underway", async (user) => {
      const profile = await User.authenticate(user.email, user.password);
      await User.setStatus(user.email, "disabled");
      const held = await logIn(profile);
      expect(await storedSession(held)).toBeDefined();
      expect(await opens(held.token)).toBe(false);
      const refreshed = await Session.refresh(held.refreshToken, origin);
      expect(await opens(refreshed.token)).toBe(false);
    });
  });

  it("tells both items the same, by one transaction that neither item may be missing from, and that is recorded", async () => {
    await withTestUser("both", async (user) => {
      const requests = await requestsOf(() => User.setStatus(user.email, "disabled"));
      expect(requests).toMatchObject([
        { operation: "GetItem", input: { ConsistentRead: true } },
        { operation: "GetItem", input: { ConsistentRead: true } },
        { operation: "TransactWriteItems" },
        { operation: "PutItem" },
        { operation: "Query", input: { ConsistentRead: true } },
      ]);
      const exists = { Update: { ConditionExpression: expect.stringContaining("attribute_exists") } };
      expect(requests[2]?.input["TransactItems"]).toMatchObject([
        exists,
        exists,
        { Put: { Item: { type: { S: "disabled" }, actor: { S: "operator" } } } },
      ]);
      const [profile, login] = [await itemOf(user.id, "profile"), await itemOf(user.id, "login")];
      for (const item of [profile, login]) expect(item).toMatchObject({ status: "disabled", epoch: 1 });
      expect(profile["updatedAt"]).toBe(login["updatedAt"]);
    });
  });

  it("finds the account by whatever spelling of the email leads to it, and changes nobody else", async () => {
    await withTestUser("shouted", async (user) => {
      await withTestUser("bystander", async (other) => {
        const held = await logInAs(other);
        const before = await itemsOf(other.id);
        await User.setStatus(user.email.toUpperCase(), "disabled");
        expect(await itemOf(user.id, "profile")).toMatchObject({ status: "disabled" });
        expect(await itemsOf(other.id)).toEqual(before);
        expect(await opens(held.token)).toBe(true);
      });
    });
  });
});

describe("letting somebody in again", () => {
  it("lets them log in, and brings no old session back", async () => {
    await withTestUser("again", async (user) => {
      const held = await logInAs(user);
      const profile = await User.authenticate(user.email, user.password);
      await User.setStatus(user.email, "disabled");
      const late = await logIn(profile);
      await User.setStatus(user.email, "active");
      const later = await logIn(profile);
      for (const { token } of [held, late, later]) expect(await opens(token)).toBe(false);
      const { token } = await Session.refresh(later.refreshToken, origin);
      expect(await opens(token)).toBe(false);
      expect(await opens((await logInAs(user)).token)).toBe(true);
    });
  });

  it("each time raises the epoch, so that none of the times before ever counts again", async () => {
    await withTestUser("epochs", async (user) => {
      for (const status of ["disabled", "active", "disabled", "active"] as const) {
        await User.setStatus(user.email, status);
      }
      for (const sk of ["profile", "login"]) {
        expect(await itemOf(user.id, sk)).toMatchObject({ status: "active", epoch: 4 });
      }
    });
  });

  it("five times at the same time counts five times", async () => {
    await withTestUser("parallel", async (user) => {
      await Promise.all(Array.from({ length: 5 }, () => User.setStatus(user.email, "active")));
      for (const sk of ["profile", "login"]) expect(await itemOf(user.id, sk)).toMatchObject({ epoch: 5 });
    });
  });
});

describe("somebody who is not there", () => {
  it("cannot be shut out, and nothing is written of them", async () => {
    const before = await readTable();
    expect(await codeOf(User.setStatus(newEmail("nobody"), "disabled"))).toBe("not_found");
    expect(await readTable()).toEqual(before);
  });

  it.each(["profile", "login"])("any more once the transaction comes (%s) does not come back", async (sk) => {
    await withTestUser("vanishing", async (user) => {
      const vanishing = await itemOf(user.id, sk);
      const others = (await itemsOf(user.id)).filter((item) => item.sk !== sk);
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") await deleteItem(vanishing);
          await send();
        },
        () => User.setStatus(user.email, "disabled"),
      );
      expect(await codeOf(attempt)).toBe("not_found");
      expect(await itemsOf(user.id)).toEqual(others);
    });
  });

  it("any more, and whose email somebody else has by then, is none of theirs to lose", async () => {
    await withTestUser("heir", async (user) => {
      const login = await itemOf(user.id, "login");
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") await putItem({ ...login, userId: newId() });
          await send();
        },
        () => User.setStatus(user.email, "disabled"),
      );
      expect(await codeOf(attempt)).toBe("not_found");
      const heir = (await readTable()).find(({ pk }) => pk === login.pk);
      for (const item of [heir, await itemOf(user.id, "profile")]) {
        expect(item).toMatchObject({ status: "active", epoch: 0 });
      }
      await deleteItem(login);
    });
  });
});

it("a collision with another change of the account is tried again", async () => {
  await withTestUser("collided", async (user) => {
    let collisions = 2;
    await intercepted(
      async ({ operation }, send) => {
        if (operation === "TransactWriteItems" && collisions > 0) {
          collisions -= 1;
          throw new TransactionCanceledException({
            message: "canceled",
            $metadata: {},
            CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
          });
        }
        await send();
      },
      () => User.setStatus(user.email, "disabled"),
    );
    expect(collisions).toBe(0);
    expect(await itemOf(user.id, "login")).toMatchObject({ status: "disabled", epoch: 1 });
  });
});
