import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemOf, itemsOf, putItem } from "../../test/items.ts";
import { codeOf, reasonOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { atSecond, logIn, somebody, storedSession } from "../../test/session.ts";
import { withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import * as Session from "./index.ts";
import { newSessionId, seatOf } from "./seat.ts";

afterEach(() => {
  vi.useRealTimers();
});

const over = "its session or its user has ended";

describe("a session that goes on", () => {
  it("is live, and the answer is the person as they are now", async () => {
    await withTestUser("live", async ({ id, email, password }) => {
      const { userId, sessionId } = await logIn(await User.authenticate(email, password));
      await User.change(id, { name: "Changed" });
      expect(await Session.assertLive(userId, sessionId)).toMatchObject({
        userId: id,
        email,
        name: "Changed",
      });
    });
  });

  it("is asked for each time, with one consistent request for the session and the person", async () => {
    const { userId, sessionId } = await logIn();
    for (let time = 0; time < 2; time += 1) {
      const requests = await requestsOf(() => Session.assertLive(userId, sessionId));
      expect(requests).toMatchObject([
        {
          operation: "BatchGetItem",
          input: {
            RequestItems: {
              [process.env["TABLE_NAME"] ?? ""]: {
                ConsistentRead: true,
                Keys: [
                  { pk: { S: `user#${userId}` }, sk: { S: `session#${seatOf(sessionId)}` } },
                  { pk: { S: `user#${userId}` }, sk: { S: "profile" } },
                ],
              },
            },
          },
        },
      ]);
    }
  });
});

describe("a session is over", () => {
  it("at its end, even while it still lies in the table", async () => {
    atSecond(0);
    const held = await logIn();
    atSecond(1_209_599.999);
    await expect(Session.assertLive(held.userId, held.sessionId)).resolves.toBeDefined();
    atSecond(1_209_600);
    expect(await reasonOf(Session.assertLive(held.userId, held.sessionId))).toBe(over);
    expect(await storedSession(held)).toBeDefined();
  });

  it.each(["session#", "profile"])("where its %s item is gone from the table", async (sk) => {
    const { userId, sessionId } = await logIn();
    for (const item of await itemsOf(userId)) if (item.sk.startsWith(sk)) await deleteItem(item);
    expect(await reasonOf(Session.assertLive(userId, sessionId))).toBe(over);
  });

  it.each([
    ["disabled", { status: "disabled" }],
    ["of a later epoch", { epoch: 1 }],
    ["of an earlier epoch, in a store set back", { epoch: -1 }],
    ["of an epoch that is no number", { epoch: "0" }],
  ])("where its person is %s", async (_, changes) => {
    const { userId, sessionId } = await logIn();
    await putItem({ ...(await itemOf(userId, "profile")), ...changes });
    expect(await reasonOf(Session.assertLive(userId, sessionId))).toBe(over);
  });

  it("for anybody whose it is not", async () => {
    const [anna, ben] = [await logIn(), await logIn()];
    expect(await codeOf(Session.assertLive(anna.userId, ben.sessionId))).toBe("invalid_token");
    expect(await codeOf(Session.assertLive(ben.userId, anna.sessionId))).toBe("invalid_token");
  });

  it("where another session sits in its seat", async () => {
    const { userId, sessionId } = await logIn();
    const other = newSessionId(seatOf(sessionId));
    expect(await reasonOf(Session.assertLive(userId, other))).toBe(over);
    await expect(Session.assertLive(userId, sessionId)).resolves.toBeDefined();
  });

  it.each(["", "profile", "pr", "#", "session#", "01j", "event#"])(
    "where its id is %j",
    async (sessionId) => {
      const { userId } = await logIn();
      expect(await codeOf(Session.assertLive(userId, sessionId))).toBe("invalid_token");
    },
  );

  it("where its id differs in case: keys are not folded", async () => {
    const { userId, sessionId } = await logIn();
    expect(await codeOf(Session.assertLive(userId.toUpperCase(), sessionId))).toBe("invalid_token");
    expect(await codeOf(Session.assertLive(userId, sessionId.toUpperCase()))).toBe("invalid_token");
  });

  it("for somebody who never was", async () => {
    expect(await codeOf(Session.assertLive(newId(), newSessionId()))).toBe("invalid_token");
  });
});

describe("an end is seen by the very next question:", () => {
  it("of one session", async () => {
    const person = await somebody();
    const [held, other] = [await logIn(person), await logIn(person)];
    await Session.assertLive(held.userId, held.sessionId);
    await Session.end(held.userId, held.sessionId);
    expect(await codeOf(Session.assertLive(held.userId, held.sessionId))).toBe("invalid_token");
    await expect(Session.assertLive(other.userId, other.sessionId)).resolves.toBeDefined();
  });

  it("of one that a log-out ends", async () => {
    const { userId, sessionId, refreshToken } = await logIn();
    await Session.assertLive(userId, sessionId);
    await Session.endByRefreshToken(refreshToken);
    expect(await codeOf(Session.assertLive(userId, sessionId))).toBe("invalid_token");
  });
});
