import { describe, expect, it } from "vitest";
import { belongingsOf } from "../../test/belongings.ts";
import { entities } from "../../test/entities.ts";
import { deleteItem, itemOf, itemsOf, putItem } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { logIn, refreshedSession } from "../../test/session.ts";
import { goodPassword, newEmail, withTestUser } from "../../test/user.ts";
import { EventEntity } from "../event/event.entity.ts";
import { newId } from "../id.ts";
import { secret } from "../secrets.ts";
import * as User from "../user/index.ts";
import { belongings } from "./belongings.ts";
import * as Account from "./index.ts";

/** Entities that hold nothing of a person, and why that is so. */
const nobodys: Readonly<Record<string, string>> = {
  throttle: "counts for the hash of a source, for at most an hour, and knows no account",
  failures: "counts for the hash of an email, for at most seven days, whether or not anybody has it",
  idempotency: "names its operation by a MAC and holds its answer encrypted under the caller's own key",
};

/** Attributes that prove who somebody is, and so are nobody's to read. */
const secrets = ["passwordHash", "nonce"];

/** Where in the export the items of an entity stand. */
const places = {
  user: "user",
  login: "login",
  session: "sessions",
  code: "codes",
  event: "events",
  mark: "eventMarks",
} as const;

async function store(userId: string, email: string) {
  const items = belongingsOf(userId, email);
  await belongings.user.put(items.user).go();
  await belongings.login.put(items.login).go();
  await belongings.session.put(items.session).go();
  await belongings.code.put(items.code).go();
  await belongings.event.put(items.event).go();
  await belongings.mark.put(items.mark).go();
  return items;
}

async function erase(userId: string): Promise<void> {
  for (const item of await itemsOf(userId)) await deleteItem(item);
}

describe("every entity of the table", () => {
  it("is in the export or known to hold nothing of a person", async () => {
    const names = (await entities()).map(({ model }) => model.entity);
    expect(names.toSorted()).toEqual([...Object.keys(belongings), ...Object.keys(nobodys)].toSorted());
    expect(names.length).toBeGreaterThanOrEqual(7);
  });

  it("that belongs to a person is exported with every attribute it can have but the secrets", async () => {
    const [userId, email] = [newId(), newEmail("Ada")];
    const items = await store(userId, email);
    const exported = await Account.exportAccount(userId);
    for (const entity of await entities()) {
      const name = entity.model.entity as keyof typeof places;
      if (name in nobodys) continue;
      const item: Readonly<Record<string, unknown>> = items[name];
      const attributes = Object.keys(entity.schema.attributes);
      expect(Object.keys(item).toSorted(), `the sample of ${name}`).toEqual(attributes.toSorted());
      const readable = attributes.filter((attribute) => !secrets.includes(attribute));
      const [told, ...more] = [exported[places[name]]].flat();
      expect(told, name).toEqual(
        Object.fromEntries(readable.map((attribute) => [attribute, item[attribute]])),
      );
      expect(more).toEqual([]);
    }
    expect(Object.keys(exported)).toEqual(["exportedAt", ...Object.values(places)]);
    expect(exported.exportedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    await erase(userId);
  });
});

describe("an export", () => {
  it("holds no hash of a password, no nonce, no token, no key of the stage and no key of the table", async () => {
    await withTestUser("secretive", async (user) => {
      const profile = await User.authenticate(user.email, user.password);
      const held = await refreshedSession(2, profile);
      const codes = [
        await mailedCode("verify_email", user),
        await mailedCode("reset_password", user),
        await mailedCode("change_email", { id: user.id, email: newEmail("next") }),
      ];
      const whole = JSON.stringify(await Account.exportAccount(user.id));
      // Which record an event is in is said of each, and covered by its hash.
      const text = whole.replaceAll(`"chain":"user#${user.id}"`, "");
      const nonces = (await itemsOf(user.id)).flatMap(({ nonce }) =>
        nonce === undefined ? [] : [String(nonce)],
      );
      expect(nonces).toHaveLength(3);
      const tokens = [held.token, ...held.chain, ...codes.flatMap(({ token, undo }) => [token, undo])];
      const forbidden = [
        ...nonces,
        ...tokens,
        ...tokens.map((token) => token.slice(-43)),
        ...codes.map(({ digits }) => `"${digits}"`),
        String((await itemOf(user.id, "login"))["passwordHash"]),
        await secret("CODE_KEY"),
        await secret("AUDIT_KEY"),
        await secret("PASSWORD_PEPPER"),
        goodPassword,
      ];
      for (const each of [
        ...forbidden,
        "$2b$",
        "passwordHash",
        "nonce",
        '"pk"',
        '"sk"',
        "__edb",
        "user#",
        "email#",
      ])
        expect(text).not.toContain(each);
    });
  });

  it("is one query of the person's partition and one read of their Login, both consistent", async () => {
    await withTestUser("counted", async ({ id }) => {
      const requests = await requestsOf(() => Account.exportAccount(id));
      expect(requests).toMatchObject([
        { operation: "Query", input: { ConsistentRead: true } },
        { operation: "GetItem", input: { ConsistentRead: true } },
      ]);
    });
  });

  it("goes on after the first megabyte", async () => {
    await withTestUser("chatty", async ({ id }) => {
      const { event } = belongingsOf(id, "chatty@example.com");
      const userAgent = "x".repeat(60_000);
      const numbers = Array.from({ length: 40 }, (_, index) => index + 2);
      await Promise.all(numbers.map((number) => EventEntity.create({ ...event, number, userAgent }).go()));
      const requests = await requestsOf(async () => {
        const { events, user } = await Account.exportAccount(id);
        expect(events.map(({ number }) => number)).toEqual([1, ...numbers]);
        expect(user).toMatchObject({ userId: id });
      });
      expect(requests.filter(({ operation }) => operation === "Query").length).toBeGreaterThan(1);
    });
  });

  it("holds nothing of another person", async () => {
    await withTestUser("ada", async (ada) => {
      await withTestUser("mallory", async (mallory) => {
        const profile = await User.authenticate(ada.email, ada.password);
        const held = await logIn(profile);
        await mailedCode("verify_email", ada);
        const text = JSON.stringify(await Account.exportAccount(mallory.id));
        for (const each of [ada.id, ada.email, held.sessionId]) expect(text).not.toContain(each);
      });
    });
  });

  it("holds nothing of whoever has the person's old email by the time it is read", async () => {
    await withTestUser("mover", async (user) => {
      const { token } = await mailedCode("change_email", { id: user.id, email: newEmail("moved") });
      let heir: { readonly id: string } | undefined;
      let text = "";
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "GetItem" && !heir) {
            heir = { id: "" };
            await Account.confirmEmail(user.id, { token });
            heir = await User.register({ email: user.email, password: goodPassword, name: "Heir" });
          }
          await send();
        },
        async () => {
          text = JSON.stringify(await Account.exportAccount(user.id));
        },
      );
      expect(heir?.id).toMatch(/^[0-7]/);
      expect(text).not.toContain(heir?.id);
      expect(text).not.toContain("Heir");
    });
  });

  it("is made while the email changes", async () => {
    await withTestUser("mover", async (user) => {
      const { token } = await mailedCode("change_email", { id: user.id, email: newEmail("moved") });
      let isMoved = false;
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "GetItem" && !isMoved) {
            isMoved = true;
            await Account.confirmEmail(user.id, { token });
          }
          await send();
        },
        async () => expect(await Account.exportAccount(user.id)).toMatchObject({ user: { userId: user.id } }),
      );
    });
  });

  it("is refused for somebody who is gone, whole or by half", async () => {
    expect(await codeOf(Account.exportAccount(newId()))).toBe("invalid_token");
    await withTestUser("half", async ({ id }) => {
      const login = await itemOf(id, "login");
      await deleteItem(login);
      expect(await codeOf(Account.exportAccount(id))).toBe("unavailable");
      await putItem(login);
      await deleteItem(await itemOf(id, "profile"));
      expect(await codeOf(Account.exportAccount(id))).toBe("invalid_token");
    });
  });
});
