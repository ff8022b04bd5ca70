import { randomInt } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import * as Code from "../src/code/index.ts";
import { forgetConfig } from "../src/config.ts";
import { withRequest } from "../src/context.ts";
import * as Event from "../src/event/index.ts";
import { newId } from "../src/id.ts";
import * as Idempotency from "../src/idempotency/index.ts";
import * as Session from "../src/session/index.ts";
import * as Throttle from "../src/throttle/index.ts";
import * as Token from "../src/token/index.ts";
import * as User from "../src/user/index.ts";
import { setFailures } from "./guesses.ts";
import { itemOf, putItem } from "./items.ts";
import { type Request, requestsOf } from "./requests.ts";
import { logIn as logInAs, origin, refreshedSession, somebody } from "./session.ts";
import { goodPassword, newEmail, withTestUser } from "./user.ts";

/** The budget of docs/architecture.md, section 3: what an operation may ask of DynamoDB, and no more. */
vi.mock("node:crypto", { spy: true });

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

/** The session beside the mark, then the event, then the mark. */
const opening = ["PutItem", "GetItem", "PutItem", "PutItem"];

it("a log-in is one read, one write, and three requests that record it", async () => {
  await withTestUser("budget", async ({ email, password }) => {
    expect(await operationsOf(() => logIn(email, password))).toEqual(["BatchGetItem", ...opening]);
  });
});

it("a log-in that makes the hash anew is one write more, and only that once", async () => {
  await withTestUser("budget", async ({ id, email, password }) => {
    vi.stubEnv("PASSWORD_COST", "11");
    forgetConfig();
    expect(await operationsOf(() => logIn(email, password))).toEqual([
      "BatchGetItem",
      "UpdateItem",
      ...opening,
    ]);
    // Or the second log-in might draw the seat of the first.
    await Session.removeAll(id);
    expect(await operationsOf(() => logIn(email, password))).toEqual(["BatchGetItem", ...opening]);
  });
});

it("a log-in from a new source is one write more, and only that once", async () => {
  await withTestUser("budget", async ({ id, email, password }) => {
    const elsewhere = { requestId: "test", sourceIp: "192.0.2.77" };
    const fromThere = () => withRequest(elsewhere, () => operationsOf(() => logIn(email, password)));
    expect(await fromThere()).toEqual(["BatchGetItem", "UpdateItem", ...opening]);
    await Session.removeAll(id);
    expect(await fromThere()).toEqual(["BatchGetItem", ...opening]);
  });
});

it("a try that is refused for its wait is one read, whoever has the email and whatever is on their record", async () => {
  await withTestUser("budget", async ({ id, email }) => {
    for (let count = 0; count < 30; count += 1) await Event.record(Event.chainOf(id), { type: "logged_in" });
    for (const each of [email, newEmail("nobody")]) {
      await setFailures(each, 50);
      const refused = () => User.authenticate(each, "wrong").catch(({ code }) => code);
      const stranger = { requestId: "test", sourceIp: "192.0.2.78" };
      const asked = await withRequest(stranger, () =>
        requestsOf(async () => {
          expect(await refused()).toBe("too_many_requests");
        }),
      );
      expect(asked.map(({ operation }) => operation)).toEqual(["BatchGetItem"]);
    }
  });
});

it("a log-in that fails is one read, four counters, and three requests that record it", async () => {
  await withTestUser("budget", async ({ email }) => {
    const refused = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow();
    const counters = Array(4).fill("UpdateItem");
    for (const each of [email, newEmail("nobody")]) {
      const asked = await operationsOf(() => refused(logIn(each, "wrong")));
      expect(asked).toEqual(["BatchGetItem", ...counters, "GetItem", "PutItem", "PutItem"]);
    }
  });
});

it("a log-in whose seat is taken is one query and one write more", async () => {
  await withTestUser("budget", async ({ email, password }) => {
    const profile = await User.authenticate(email, password);
    const held = await logInAs(profile);
    const drawn = Number(held.sessionId.slice(0, 2));
    vi.mocked(randomInt as (max: number) => number).mockReturnValueOnce(drawn);
    expect(await operationsOf(() => logInAs(profile))).toEqual([
      "PutItem",
      "GetItem",
      "Query",
      "PutItem",
      "PutItem",
      "PutItem",
    ]);
  });
});

it("a refresh is one conditional update, whether it wins, loses or finds its session over", async () => {
  const { chain, ...held } = await refreshedSession(1);
  const [parent = "", current = ""] = chain;
  const refreshOf = (token: string) =>
    operationsOf(() => Session.refresh(token, origin).catch(() => undefined));
  expect(await refreshOf(parent)).toEqual(["UpdateItem"]);
  expect(await refreshOf(current)).toEqual(["UpdateItem"]);
  await putItem({
    ...(await itemOf(held.userId, `session#${held.sessionId.slice(0, 2)}`)),
    idleExpiresAt: 1,
  });
  expect(await refreshOf(current)).toEqual(["UpdateItem"]);
  await Session.end(held.userId, held.sessionId);
  expect(await refreshOf(current)).toEqual(["UpdateItem"]);
  expect(await refreshOf("garbage")).toEqual([]);
});

/** The mark, what happens and its event, the mark. */
const recorded = ["GetItem", "TransactWriteItems", "PutItem"];

it("a refresh with a token that was used before is that and one recorded transaction", async () => {
  const { chain } = await refreshedSession(2);
  const reuse = () => operationsOf(() => Session.refresh(chain[0] ?? "", origin).catch(() => undefined));
  expect(await reuse()).toEqual(["UpdateItem", ...recorded]);
  expect(await reuse()).toEqual(["UpdateItem"]);
});

it("a list of sessions is one query, the end of one is one recorded transaction", async () => {
  const { userId, sessionId, refreshToken } = await logInAs();
  expect(await operationsOf(() => Session.list(userId, sessionId))).toEqual(["Query"]);
  expect(await operationsOf(() => Session.end(userId, sessionId))).toEqual(recorded);
  expect(await operationsOf(() => Session.endByRefreshToken(refreshToken))).toEqual(recorded.slice(0, 2));
});

it("the end of all other sessions is one query, three requests that record it, and one delete each", async () => {
  const person = await somebody();
  for (let count = 0; count < 3; count += 1) await logInAs(person);
  const { userId, sessionId } = await logInAs(person);
  const deletes = Array(3).fill("DeleteItem");
  const end = () => operationsOf(() => Session.endOthers(userId, sessionId));
  expect(await end()).toEqual(["Query", "GetItem", "PutItem", "PutItem", ...deletes]);
  expect(await end()).toEqual(["Query"]);
  expect(await operationsOf(() => Session.removeAll(userId))).toEqual(["Query", "DeleteItem"]);
});

it("the authorizer's question is one consistent read of two items, and none for a bad token", async () => {
  const { token } = await logInAs();
  const authorize = async (text: string) => {
    const { sub, sid } = await Token.verify(text);
    await Session.assertLive(sub, sid);
  };
  const requests = await requestsOf(() => authorize(token));
  expect(requests.map(({ operation }) => operation)).toEqual(["BatchGetItem"]);
  expect(requests.flatMap(readsOf)).toMatchObject([{ ConsistentRead: true, Keys: [{}, {}] }]);
  expect(await operationsOf(() => expect(authorize(`${token}A`)).rejects.toThrow())).toEqual([]);
});

it("a code is one write, and two where it takes the place of another", async () => {
  const person = { userId: newId(), epoch: 0 };
  const mint = () => Code.mint("verify_email", person, { email: newEmail("budget"), jobId: newId() });
  expect(await operationsOf(mint)).toEqual(["PutItem"]);
  expect(await operationsOf(mint)).toEqual(["PutItem", "UpdateItem"]);
});

it("a link is one read, typed digits are one conditional update, whatever comes of them", async () => {
  const person = { userId: newId(), epoch: 0 };
  const code = await Code.mint("verify_email", person, { email: newEmail("budget"), jobId: newId() });
  if (!code) throw new Error("no code was made");
  const link = (token: string) =>
    operationsOf(() => Code.readLink("verify_email", token).catch(() => undefined));
  expect(await link(await Code.linkToken(code))).toEqual(["GetItem"]);
  expect(await link(`${newId()}.wrong`)).toEqual(["GetItem"]);
  const typed = (userId: string | undefined, digits: string) =>
    operationsOf(() => Code.readTyped("verify_email", userId, digits).catch(() => undefined));
  expect(await typed(code.userId, await Code.typedCode(code))).toEqual(["UpdateItem"]);
  expect(await typed(code.userId, "wrong")).toEqual(["UpdateItem"]);
  expect(await typed(undefined, "wrong")).toEqual(["UpdateItem"]);
});

it("a request that has mail sent is one counter, and an idempotency key two writes more", async () => {
  const count = () => Throttle.countMail("192.0.2.1");
  expect(await operationsOf(count)).toEqual(["UpdateItem"]);
  const asked = { route: "forgotPassword", key: newId(), request: {} };
  const once = () => operationsOf(() => Idempotency.once(asked, async () => "done"));
  expect(await once()).toEqual(["PutItem", "UpdateItem"]);
  expect(await once()).toEqual(["PutItem"]);
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
      const { token, refreshToken } = await logIn(email, password);
      const { sub, sid } = await Token.verify(token);
      await Session.assertLive(sub, sid);
      await Session.refresh(refreshToken, origin);
      await Session.list(sub, sid);
      await User.change(id, { name: "B" });
      await User.get(id);
      await User.setStatus(email, "disabled");
    });
    const reads = requests.flatMap(readsOf);
    expect(reads.length).toBeGreaterThan(6);
    for (const read of reads) {
      expect(read).toMatchObject({ ConsistentRead: true });
      expect(read).not.toHaveProperty("IndexName");
    }
  });
});

/** The reads in one request: itself, the parts of a batch, or none. */
function readsOf({ operation, input }: Request): readonly unknown[] {
  if (operation === "BatchGetItem") return Object.values(input["RequestItems"] as object);
  return /Get|Query|Scan/.test(operation) ? [input] : [];
}
