import { afterEach, expect, it, vi } from "vitest";
import { forgetConfig } from "../src/config.ts";
import { Session } from "../src/session/index.ts";
import { Token } from "../src/token/index.ts";
import { User } from "../src/user/index.ts";
import { requestsOf } from "./requests.ts";
import { goodPassword, newEmail, withTestUser } from "./user.ts";

/** The budget of docs/architecture.md, section 3: what an operation may ask of DynamoDB, and no more. */
const origin = { sourceIp: "192.0.2.1" };

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

async function operationsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  return (await requestsOf(run)).map(({ operation }) => operation);
}

async function logIn(email: string, password: string) {
  return Session.open(await User.authenticate(email, password), origin);
}

it("a registration is one transaction", async () => {
  const email = newEmail("budget");
  const register = () => User.register({ email, password: goodPassword });
  expect(await operationsOf(register)).toEqual(["TransactWriteItems"]);
});

it("a log-in is one read and one write", async () => {
  await withTestUser("budget", async ({ email, password }) => {
    expect(await operationsOf(() => logIn(email, password))).toEqual(["GetItem", "PutItem"]);
  });
});

it("a log-in that makes the hash anew is one write more, and only that once", async () => {
  await withTestUser("budget", async ({ email, password }) => {
    vi.stubEnv("PASSWORD_COST", "11");
    forgetConfig();
    expect(await operationsOf(() => logIn(email, password))).toEqual(["GetItem", "UpdateItem", "PutItem"]);
    expect(await operationsOf(() => logIn(email, password))).toEqual(["GetItem", "PutItem"]);
  });
});

it("a log-in that fails is one read", async () => {
  await withTestUser("budget", async ({ email }) => {
    const refused = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow();
    expect(await operationsOf(() => refused(logIn(email, "wrong")))).toEqual(["GetItem"]);
    expect(await operationsOf(() => refused(logIn(newEmail("nobody"), "wrong")))).toEqual(["GetItem"]);
  });
});

it("the authorizer's question is one consistent read, and none for a bad token", async () => {
  await withTestUser("budget", async ({ email, password }) => {
    const { token } = await logIn(email, password);
    const authorize = async (text: string) => {
      const { sub, sid } = await Token.verify(text);
      await Session.assertLive(sub, sid);
    };
    expect(await requestsOf(() => authorize(token))).toMatchObject([
      { operation: "GetItem", input: { ConsistentRead: true } },
    ]);
    expect(await operationsOf(() => expect(authorize(`${token}A`)).rejects.toThrow())).toEqual([]);
  });
});

it("reading oneself is one read", async () => {
  await withTestUser("budget", async ({ id }) => {
    expect(await requestsOf(() => User.get(id))).toMatchObject([
      { operation: "GetItem", input: { ConsistentRead: true } },
    ]);
  });
});

it("every read of every operation is consistent and of the table itself", async () => {
  await withTestUser("budget", async ({ id, email, password }) => {
    const requests = await requestsOf(async () => {
      const { token } = await logIn(email, password);
      const { sub, sid } = await Token.verify(token);
      await Session.assertLive(sub, sid);
      await User.change(id, { name: "B" });
      await User.get(id);
    });
    const reads = requests.filter(({ operation }) => /Get|Query|Scan/.test(operation));
    expect(reads.length).toBeGreaterThan(3);
    for (const { input } of reads) {
      expect(input).toMatchObject({ ConsistentRead: true });
      expect(input).not.toHaveProperty("IndexName");
    }
  });
});
