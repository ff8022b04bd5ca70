import bcrypt from "bcryptjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { itemOf, putItem } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted, requestsOf } from "../../test/requests.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import { config, forgetConfig } from "../config.ts";
import * as Password from "../password/index.ts";
import * as User from "./index.ts";
import { LoginEntity } from "./login.entity.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
});

async function storedHash({ id }: TestUser): Promise<unknown> {
  return (await itemOf(id, "login"))["passwordHash"];
}

async function changeLogin({ id }: TestUser, changes: Record<string, unknown>): Promise<void> {
  await putItem({ ...(await itemOf(id, "login")), ...changes });
}

describe("the right email and password", () => {
  it("lead to the person, and their hash goes no further", async () => {
    await withTestUser("anna", async ({ id, email, password }) => {
      const profile = await User.authenticate(email, password);
      expect(profile).toMatchObject({ userId: id, email, name: "anna", status: "active", roles: [] });
      expect(Object.keys(profile).filter((key) => /pass|hash/i.test(key))).toEqual([]);
      expect(JSON.stringify(profile)).not.toContain("$2b$");
    });
  });

  it("are asked for with one consistent read", async () => {
    await withTestUser("reader", async ({ email, password }) => {
      const requests = await requestsOf(() => User.authenticate(email, password));
      const read = { ConsistentRead: true, Keys: Array(5).fill({}) };
      expect(requests).toMatchObject([
        { operation: "BatchGetItem", input: { RequestItems: { [config().tableName]: read } } },
      ]);
    });
  });
});

describe("an unknown email, a wrong password, a disabled account", () => {
  it("are refused in the same words, after the same requests and one comparison at the same cost", async () => {
    await withTestUser("known", async (known) => {
      await withTestUser("disabled", async (disabled) => {
        await changeLogin(disabled, { status: "disabled" });
        const attempts = [
          () => User.authenticate(newEmail("nobody"), known.password),
          () => User.authenticate(known.email, `${known.password}!`),
          () => User.authenticate(disabled.email, disabled.password),
          () => User.authenticate(disabled.email, "wrong"),
        ];
        for (const attempt of attempts) {
          const compare = vi.spyOn(bcrypt, "compare");
          const requests = await requestsOf(async () => {
            const { code, fields, message, cause } = await refusalOf(attempt());
            expect({ code, fields, message, cause }).toEqual({
              code: "invalid_credentials",
              fields: [],
              message: "The email or the password is wrong",
              cause: undefined,
            });
          });
          expect(requests.map(({ operation }) => operation)).toEqual([
            "BatchGetItem",
            ...Array(4).fill("UpdateItem"),
            "GetItem",
            "PutItem",
            "PutItem",
          ]);
          expect(compare.mock.calls).toEqual([
            [expect.any(String), expect.stringMatching(/^\$2b\$10\$.{53}$/)],
          ]);
          compare.mockRestore();
        }
      });
    });
  });

  it("a password is compared whole: no space, case or letter may differ", async () => {
    await withTestUser("exact", async ({ email, password }) => {
      const others = [` ${password}`, `${password} `, password.toUpperCase(), password.slice(0, -1), ""];
      for (const other of others)
        expect(await codeOf(User.authenticate(email, other))).toBe("invalid_credentials");
    });
  });
});

it("a damaged hash is our fault and not a wrong password", async () => {
  await withTestUser("damaged", async (user) => {
    await changeLogin(user, { passwordHash: "hs384-bcrypt$2b$10$short" });
    const refusal = await refusalOf(User.authenticate(user.email, user.password));
    expect(refusal).toMatchObject({ code: "internal_error", cause: expect.any(TypeError) });
  });
});

it("an ordinary read of the login does not return the hash", async () => {
  await withTestUser("hidden", async ({ email }) => {
    const { data } = await LoginEntity.get({ normalisedEmail: email }).go();
    expect(data).toMatchObject({ email });
    expect(data).not.toHaveProperty("passwordHash");
  });
});

describe("a hash made at another cost than today's", () => {
  function raiseCost(): void {
    vi.stubEnv("PASSWORD_COST", "11");
    forgetConfig();
  }

  it("is made anew at the next log-in, once", async () => {
    await withTestUser("upgraded", async (user) => {
      raiseCost();
      await User.authenticate(user.email, user.password);
      const upgraded = await storedHash(user);
      expect(upgraded).toMatch(/^hs384\.[0-9a-f]{8}-bcrypt\$2b\$11\$/);
      await User.authenticate(user.email, user.password);
      expect(await storedHash(user)).toBe(upgraded);
    });
  });

  it("is made anew by the other scheme where that is set, and back again", async () => {
    await withTestUser("schemes", async (user) => {
      for (const scheme of ["argon2id", "bcrypt"]) {
        vi.stubEnv("PASSWORD_HASH", scheme);
        forgetConfig();
        await User.authenticate(user.email, user.password);
        expect(await storedHash(user)).toContain(`-${scheme}$`);
        await User.authenticate(user.email, user.password);
      }
    });
  });

  it("is kept where the password was wrong or the account is disabled", async () => {
    await withTestUser("kept", async (user) => {
      const hash = await storedHash(user);
      raiseCost();
      expect(await codeOf(User.authenticate(user.email, "wrong"))).toBe("invalid_credentials");
      await changeLogin(user, { status: "disabled" });
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
      expect(await storedHash(user)).toBe(hash);
    });
  });

  it("gives way to a password that is changed meanwhile", async () => {
    await withTestUser("contested", async (user) => {
      const changed = await Password.hash("another marmalade 17");
      raiseCost();
      let raced = false;
      await intercepted(
        async ({ operation }, send) => {
          if (operation === "UpdateItem") {
            raced = true;
            await changeLogin(user, { passwordHash: changed });
          }
          await send();
        },
        () => User.authenticate(user.email, user.password),
      );
      expect(raced).toBe(true);
      expect(await storedHash(user)).toBe(changed);
      expect(await codeOf(User.authenticate(user.email, user.password))).toBe("invalid_credentials");
    });
  });
});
