import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { Registration } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { itemOf, itemsOf, readTable, stateOf } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { goodPassword, newEmail, withTestUser } from "../../test/user.ts";
import { config } from "../config.ts";
import { idPattern } from "../id.ts";
import * as User from "./index.ts";

const id = expect.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

async function itemsWith(email: string) {
  const items = await readTable();
  return items.filter((item) => item["email"] === email);
}

describe("a registration", () => {
  it("answers the user and not a word of the password", async () => {
    const email = newEmail("Anna");
    const user = await User.register({ email, password: goodPassword, name: "Anna" });
    expect(user).toEqual({
      id,
      email,
      emailVerified: false,
      name: "Anna",
      locale: null,
      picture: null,
      roles: [],
      createdAt: time,
      updatedAt: user.createdAt,
    });
  });

  it("leaves four items of the released shape: changing it needs a migration", async () => {
    const email = newEmail("Shape");
    const own = { name: "Shape", locale: "pt-BR", picture: "https://example.com/a.png" };
    const user = await User.register({ email, password: goodPassword, ...own });
    const profile = {
      userId: user.id,
      email,
      emailVerified: false,
      ...own,
      roles: [],
      status: "active",
      epoch: 0,
      createdAt: user.createdAt,
      updatedAt: user.createdAt,
      __edb_v__: "1",
    };
    const items = await itemsOf(user.id);
    const registered = await itemOf(user.id, "event#0000000001");
    const { at, day, shard, hash, ttl } = registered;
    const record = { pk: `user#${user.id}`, chain: `user#${user.id}`, number: 1, hash, __edb_v__: "1" };
    expect(items).toHaveLength(4);
    expect(registered).toEqual({
      ...record,
      sk: "event#0000000001",
      eventId: expect.stringMatching(idPattern),
      userId: user.id,
      type: "registered",
      at: time,
      actor: "anonymous",
      sourceIp: "unknown",
      requestId: "none",
      details: {},
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      day: String(at).slice(0, 10),
      shard: expect.toSatisfy((each: number) => Number.isInteger(each) && each >= 0 && each < 128),
      ttl: Math.floor(Date.parse(String(at)) / 1000) + config().eventRetentionSeconds,
      gsi1pk: `day#${day}#${shard}`,
      gsi1sk: `${at}#user#${user.id}`,
      __edb_e__: "event",
    });
    expect(items).toContainEqual({
      ...record,
      sk: "mark",
      eventExpiresAt: ttl,
      ttl: Number(ttl) + 30 * 24 * 3600,
      __edb_e__: "mark",
    });
    expect(items).toContainEqual({
      ...profile,
      pk: `user#${user.id}`,
      sk: "profile",
      __edb_e__: "user",
    });
    expect(items).toContainEqual({
      ...profile,
      pk: `email#${email.toLowerCase()}`,
      sk: "login",
      normalisedEmail: email.toLowerCase(),
      passwordHash: expect.stringMatching(/^hs384\.[0-9a-f]{8}-bcrypt\$2b\$10\$[./A-Za-z0-9]{53}$/),
      knownSources: [expect.stringMatching(/^[0-9a-f]{16}$/)],
      __edb_e__: "login",
    });
  });

  it("writes none of its items where one is already", async () => {
    const email = newEmail("conditional");
    const [request] = await requestsOf(() => User.register({ email, password: goodPassword }));
    const writes = request?.input["TransactItems"] as { Put: { ConditionExpression: string } }[];
    expect(writes).toHaveLength(4);
    for (const { Put } of writes) expect(Put.ConditionExpression).toContain("attribute_not_exists");
  });

  it("takes nothing from the body but what it names", async () => {
    const email = newEmail("mallory");
    const body = {
      email,
      password: goodPassword,
      roles: ["admin"],
      emailVerified: true,
      status: "x",
      epoch: 7,
      userId: "u",
    };
    const user = await User.register(body as Registration);
    expect(user).toMatchObject({ id, roles: [], emailVerified: false });
    for (const item of await stateOf(user.id)) {
      expect(item).toMatchObject({ roles: [], emailVerified: false, status: "active", epoch: 0 });
    }
  });

  it("with a weak password is refused with a sentence for the person, and asks the table nothing", async () => {
    const email = newEmail("weak");
    const requests = await requestsOf(async () => {
      const refusal = await refusalOf(User.register({ email, password: "password" }));
      expect(refusal).toMatchObject({
        code: "weak_password",
        fields: [{ pointer: "/password", message: expect.stringMatching(/\w+ \w+/) }],
      });
    });
    expect(requests).toEqual([]);
  });

  it("with the own email or name for a password is refused", async () => {
    const registration = { email: "wilhelmina.oxenbridge@example.com", name: "Zephyrine Quillfeather" };
    for (const password of ["wilhelmina.oxenbridge", "Zephyrine Quillfeather"]) {
      expect(await codeOf(User.register({ ...registration, password }))).toBe("weak_password");
    }
  });
});

describe("an email", () => {
  it("is taken once, and the account that has it stays as it is", async () => {
    await withTestUser("taken", async ({ id, email, password }) => {
      const before = await stateOf(id);
      const second = { email, password: "another marmalade 17", name: "Mallory" };
      expect(await codeOf(User.register(second))).toBe("email_taken");
      expect(await itemsWith(email)).toEqual(before);
      await expect(User.authenticate(email, password)).resolves.toMatchObject({ userId: id });
      expect(await codeOf(User.authenticate(email, second.password))).toBe("invalid_credentials");
    });
  });

  it("is the same in any case of its letters", async () => {
    await withTestUser("CaSe", async ({ id, email, password }) => {
      for (const variant of [email.toUpperCase(), email.toLowerCase()]) {
        expect(await codeOf(User.register({ email: variant, password }))).toBe("email_taken");
        await expect(User.authenticate(variant, password)).resolves.toMatchObject({ userId: id, email });
      }
    });
  });

  it.each(["\u212Aelvin", "\u017Fam", "\u0130da"])("with %s in it is nobody's", async (name) => {
    const alias = newEmail(name);
    const ascii = { "\u212A": "k", "\u017F": "s", "\u0130": "i" }[name.charAt(0)] ?? "";
    const email = ascii + alias.slice(1);
    const user = await User.register({ email, password: goodPassword });
    expect(await codeOf(User.authenticate(alias, goodPassword))).toBe("invalid_credentials");
    expect(await codeOf(User.register({ email: alias, password: goodPassword }))).toBe("internal_error");
    expect(await itemsWith(alias)).toEqual([]);
    expect(await itemsOf(user.id)).toHaveLength(4);
  });

  it("registered fifty times at once is taken by exactly one, who leaves the only items", async () => {
    const email = newEmail("crowd");
    const attempts = Array.from({ length: 50 }, (_, index) =>
      User.register({ email, password: goodPassword, name: `Number ${index}` }),
    );
    const outcomes = await Promise.allSettled(attempts);
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled").map(({ value }) => value);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason.code);
    expect(won).toHaveLength(1);
    expect(lost).toEqual(Array(49).fill("email_taken"));
    const items = await itemsWith(email);
    expect(items.map(({ userId, name, sk }) => [userId, name, sk]).sort()).toEqual([
      [won[0]?.id, won[0]?.name, "login"],
      [won[0]?.id, won[0]?.name, "profile"],
    ]);
  }, 120_000);
});

describe("a registration that collides with another transaction", () => {
  const conflict = () =>
    new TransactionCanceledException({
      message: "Transaction cancelled",
      $metadata: {},
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    });

  it("is tried again and goes through", async () => {
    let collisions = 0;
    const user = await intercepted(
      async (_, send) => {
        if (collisions < 2) {
          collisions += 1;
          throw conflict();
        }
        await send();
      },
      () => User.register({ email: newEmail("patient"), password: goodPassword }),
    );
    expect(collisions).toBe(2);
    expect(await itemsOf(user.id)).toHaveLength(4);
  });

  it("every time is unavailable and never a taken email, after five tries with one token", async () => {
    const tokens: unknown[] = [];
    const email = newEmail("unlucky");
    const attempt = intercepted(
      async ({ input }) => {
        tokens.push(input["ClientRequestToken"]);
        throw conflict();
      },
      () => User.register({ email, password: goodPassword }),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(tokens).toEqual(Array(5).fill(tokens[0]));
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(await itemsWith(email)).toEqual([]);
  });
});

it("a registration whose answer was lost is not taken for a taken email", async () => {
  let lost = false;
  const user = await intercepted(
    async (_, send) => {
      await send();
      if (lost) return;
      lost = true;
      throw Object.assign(new Error("the answer never came"), { name: "TimeoutError" });
    },
    () => User.register({ email: newEmail("lost"), password: goodPassword }),
  );
  expect(lost).toBe(true);
  expect(await itemsOf(user.id)).toHaveLength(4);
});
