import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemOf, putItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { type Held, opens, origin, recordOf, refreshedSession, storedSession } from "../../test/session.ts";
import * as Session from "./index.ts";
import { newSessionId, seatOf } from "./seat.ts";

type Refreshed = Awaited<ReturnType<typeof Session.refresh>>;

interface Ending {
  readonly end: (held: Held) => Promise<unknown>;
  /** The request that ends the session. */
  readonly operation: string;
}

const endings: Record<string, Ending> = {
  "a log-out by refresh token": {
    end: ({ refreshToken }) => Session.endByRefreshToken(refreshToken),
    operation: "TransactWriteItems",
  },
  "an end by its id": {
    end: ({ userId, sessionId }) => Session.end(userId, sessionId),
    operation: "TransactWriteItems",
  },
  "the removal of all sessions": {
    end: ({ userId }) => Session.removeAll(userId),
    operation: "DeleteItem",
  },
};

/** No token that anybody ever had of the session may lead anywhere, those in their grace included. */
async function expectOver(held: Held, refreshTokens: readonly string[], tokens: readonly string[]) {
  expect(await storedSession(held)).toBeUndefined();
  for (const token of tokens) expect(await opens(token)).toBe(false);
  for (const token of refreshTokens) {
    expect(await codeOf(Session.refresh(token, origin))).toBe("session_ended");
  }
  expect(await storedSession(held)).toBeUndefined();
}

/** Holds back the requests of both until each has one under way, then lets these operations go in this order. */
async function inOrder<T>(operations: readonly string[], run: () => Promise<T>): Promise<T> {
  const gates = operations.map(() => Promise.withResolvers<void>());
  const arrived = operations.map(() => Promise.withResolvers<void>());
  gates[0]?.resolve(Promise.all(arrived.map(({ promise }) => promise)).then(() => undefined));
  return intercepted(async ({ operation }, send) => {
    const turn = operations.indexOf(operation);
    arrived[turn]?.resolve();
    await gates[turn]?.promise;
    await send().finally(() => gates[turn + 1]?.resolve());
  }, run);
}

describe.each(Object.entries(endings))("%s while the session is refreshed", (_, { end, operation }) => {
  it("that comes first leaves the refresh nothing", async () => {
    const { chain, ...held } = await refreshedSession(1);
    const [refusal] = await inOrder([operation, "UpdateItem"], () =>
      Promise.all([codeOf(Session.refresh(held.refreshToken, origin)), end(held)]),
    );
    expect(refusal).toBe("session_ended");
    await expectOver(held, chain, [held.token]);
  });

  it("that comes second ends what the refresh has just given", async () => {
    const { chain, ...held } = await refreshedSession(1);
    const [refreshed] = await inOrder(["UpdateItem", operation], () =>
      Promise.all([Session.refresh(held.refreshToken, origin), end(held)]),
    );
    await expectOver(held, [...chain, refreshed.refreshToken], [held.token, refreshed.token]);
  });
});

it("property: however log-out, refreshes and retries interleave, nothing of the session works afterwards", async () => {
  const scenario = fc.record({
    scheduler: fc.scheduler(),
    ending: fc.constantFrom(...Object.values(endings)),
    tabs: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ scheduler, ending: { end }, tabs }) => {
      const { chain, ...held } = await refreshedSession(1);
      const given: Refreshed[] = [];
      const refresh = async (token: string) => {
        const refreshed = await Session.refresh(token, origin);
        given.push(refreshed);
        given.push(await Session.refresh(refreshed.refreshToken, origin));
      };
      const race = intercepted(
        async (_, send) => {
          await scheduler.schedule(Promise.resolve());
          await send();
          await scheduler.schedule(Promise.resolve());
        },
        () =>
          Promise.all([
            end(held),
            ...Array.from({ length: tabs }, () => refresh(held.refreshToken).catch(() => undefined)),
          ]),
      );
      await scheduler.waitFor(race);
      const refreshTokens = given.map(({ refreshToken }) => refreshToken);
      await expectOver(held, [...chain, ...refreshTokens], [held.token, ...given.map(({ token }) => token)]);
    }),
    { numRuns: 20 },
  );
});

describe("the end of a reused session while its holder refreshes it", () => {
  it.each([
    ["first", ["TransactWriteItems", "UpdateItem"]],
    ["second", ["UpdateItem", "TransactWriteItems"]],
  ])("that comes %s is an end for both", async (_, order) => {
    const { chain, ...held } = await refreshedSession(2);
    let refreshes = 0;
    const waiting = Promise.withResolvers<void>();
    const given: Refreshed[] = [];
    // The thief's own update fails on its condition; it goes through before the race begins.
    await intercepted(
      async ({ operation }, send) => {
        if (operation === "UpdateItem") refreshes += 1;
        const thiefsUpdate = operation === "UpdateItem" && refreshes === 1;
        if (thiefsUpdate) return send();
        if (operation === order[1]) await waiting.promise;
        await send().finally(() => operation === order[0] && waiting.resolve());
      },
      async () => {
        const thief = codeOf(Session.refresh(chain[0] ?? "", origin));
        const holder = Session.refresh(held.refreshToken, origin).then(
          (refreshed) => given.push(refreshed),
          () => undefined,
        );
        expect(await thief).toBe("refresh_token_reused");
        await holder;
      },
    );
    expect(given).toHaveLength(order[0] === "UpdateItem" ? 1 : 0);
    await expectOver(
      held,
      [...chain, ...given.map(({ refreshToken }) => refreshToken)],
      [held.token, ...given.map(({ token }) => token)],
    );
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it("does not end another session that takes the seat meanwhile", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const seat = seatOf(held.sessionId);
    const item = await itemOf(held.userId, `session#${seat}`);
    const newcomer = { ...item, sessionId: newSessionId(seat), generation: 0 };
    const thief = intercepted(
      async ({ operation }, send) => {
        if (operation === "TransactWriteItems") await putItem(newcomer);
        await send();
      },
      () => Session.refresh(chain[0] ?? "", origin),
    );
    expect(await codeOf(thief)).toBe("refresh_token_reused");
    expect(await itemOf(held.userId, `session#${seat}`)).toEqual(newcomer);
    await expectOver(held, chain, [held.token]);
  });
});
