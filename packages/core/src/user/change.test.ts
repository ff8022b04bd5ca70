import type { ProfileChange } from "@gatehouse/contract";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemOf, itemsOf, putItem, stateOf } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as User from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("a change of the profile", () => {
  it("is told at once, by the next read and by the next log-in", async () => {
    await withTestUser("anna", async ({ id, email, password, createdAt }) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(createdAt) + 60_000 });
      const changed = await User.change(id, { name: "Anna B.", locale: "pt-BR" });
      const updatedAt = new Date().toISOString();
      expect(changed).toMatchObject({ id, email, name: "Anna B.", locale: "pt-BR", createdAt, updatedAt });
      expect(await User.get(id)).toEqual(changed);
      expect(User.toUser(await User.authenticate(email, password))).toEqual(changed);
    });
  });

  it("to null clears a field", async () => {
    await withTestUser("anna", async ({ id, email, password }) => {
      const changed = await User.change(id, { name: null, picture: null, locale: "en" });
      expect(changed).toMatchObject({ name: null, picture: null, locale: "en" });
      expect(await User.get(id)).toEqual(changed);
      expect(User.toUser(await User.authenticate(email, password))).toEqual(changed);
      for (const item of await itemsOf(id)) expect(item).not.toHaveProperty("name");
    });
  });

  it("takes nothing from the body but what it names", async () => {
    await withTestUser("mallory", async ({ id, email, password }) => {
      const before = await itemsOf(id);
      const forbidden = {
        roles: ["admin"],
        emailVerified: true,
        email: "a@b.cd",
        passwordHash: "x",
        epoch: -1,
      };
      const body = { name: "M", ...forbidden };
      await User.change(id, body as ProfileChange);
      const after = await itemsOf(id);
      const changes = { name: "M", updatedAt: expect.any(String) };
      expect(after).toEqual(before.map((item) => ("email" in item ? { ...item, ...changes } : item)));
      await expect(User.authenticate(email, password)).resolves.toHaveProperty("userId", id);
    });
  });

  it("of one field and of another at the same time both stay", async () => {
    await withTestUser("both", async ({ id, email, password }) => {
      const changes: ProfileChange[] = [
        { name: "B" },
        { locale: "de" },
        { picture: "https://example.com/b.png" },
      ];
      await Promise.all(changes.map((change) => User.change(id, change)));
      const expected = { name: "B", locale: "de", picture: "https://example.com/b.png" };
      expect(await User.get(id)).toMatchObject(expected);
      expect(await User.authenticate(email, password)).toMatchObject(expected);
    });
  });

  it("is one consistent read and one transaction over both items", async () => {
    await withTestUser("counted", async ({ id }) => {
      const requests = await requestsOf(() => User.change(id, { name: "C" }));
      expect(requests).toMatchObject([
        { operation: "GetItem", input: { ConsistentRead: true } },
        { operation: "TransactWriteItems" },
      ]);
      const items = requests[1]?.input["TransactItems"] as { Update: { ConditionExpression: string } }[];
      expect(items).toHaveLength(2);
      for (const { Update } of items) expect(Update.ConditionExpression).toContain("attribute_exists");
    });
  });
});

describe("somebody who is gone", () => {
  it("cannot be read or changed, and does not come back", async () => {
    const id = newId();
    expect(await codeOf(User.get(id))).toBe("invalid_token");
    expect(await codeOf(User.change(id, { name: "Ghost" }))).toBe("invalid_token");
    expect(await itemsOf(id)).toEqual([]);
  });

  it.each(["profile", "login"])("in the middle of a change (%s) does not come back", async (sk) => {
    await withTestUser("vanishing", async ({ id }) => {
      const vanishing = await itemOf(id, sk);
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") await deleteItem(vanishing);
          await send();
        },
        () => User.change(id, { name: "Ghost" }),
      );
      expect(await codeOf(attempt)).toBe("invalid_token");
      const left = await stateOf(id);
      expect(left).toHaveLength(1);
      expect(left).not.toContainEqual(expect.objectContaining({ name: "Ghost" }));
    });
  });

  it("and whose email somebody else has now changes nothing of theirs", async () => {
    await withTestUser("owner", async ({ id, email }) => {
      const ghost = newId();
      const profile = await itemOf(id, "profile");
      await putItem({ ...profile, pk: `user#${ghost}`, userId: ghost, email });
      expect(await codeOf(User.change(ghost, { name: "Ghost" }))).toBe("invalid_token");
      expect(await User.get(id)).toMatchObject({ name: "owner" });
      await deleteItem({ pk: `user#${ghost}`, sk: "profile" });
    });
  });
});

it("a disabled account can neither be read nor changed", async () => {
  await withTestUser("disabled", async ({ id }) => {
    await putItem({ ...(await itemOf(id, "profile")), status: "disabled" });
    expect(await codeOf(User.get(id))).toBe("invalid_token");
    expect(await codeOf(User.change(id, { name: "D" }))).toBe("invalid_token");
    expect(await itemOf(id, "profile")).toMatchObject({ name: "disabled" });
  });
});
