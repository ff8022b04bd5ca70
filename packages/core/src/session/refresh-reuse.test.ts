import { afterEach, describe, expect, it, vi } from "vitest";
import { putItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import {
  atSecond,
  eventsOf,
  logIn,
  opens,
  origin,
  recordOf,
  refreshedSession,
  somebody,
  start,
  storedSession,
} from "../../test/session.ts";
import { config } from "../config.ts";
import { idPattern } from "../id.ts";
import * as Session from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

function refresh(token: string | undefined): Promise<unknown> {
  return Session.refresh(token ?? "", origin);
}

describe("the token before the current one", () => {
  it("still counts 30 s after it was replaced, and a second later closes the session", async () => {
    atSecond(0);
    const { chain, ...held } = await refreshedSession(1);
    atSecond(30.999);
    await refresh(chain[0]);
    expect(await storedSession(held)).toMatchObject({ generation: 1 });
    atSecond(31);
    expect(await codeOf(refresh(chain[0]))).toBe("refresh_token_reused");
    expect(await storedSession(held)).toBeUndefined();
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it("has its grace from when it was replaced, not from when it was made", async () => {
    atSecond(0);
    const { refreshToken } = await logIn();
    atSecond(86_400);
    await refresh(refreshToken);
    atSecond(86_430);
    await expect(refresh(refreshToken)).resolves.toHaveProperty("refreshToken");
  });
});

describe("a token older than that", () => {
  it.each([0, 1, 30, 31, 86_400])("closes the session, %i s after the last refresh", async (seconds) => {
    atSecond(0);
    const { chain, ...held } = await refreshedSession(2);
    atSecond(seconds);
    expect(await codeOf(refresh(chain[0]))).toBe("refresh_token_reused");
    expect(await storedSession(held)).toBeUndefined();
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it.each([0, 5, 18])("closes it whichever of twenty it is: %i", async (index) => {
    const { chain, ...held } = await refreshedSession(20);
    expect(await codeOf(refresh(chain[index]))).toBe("refresh_token_reused");
    expect(await storedSession(held)).toBeUndefined();
  });
});

describe("a child that lost its place", () => {
  it("closes the session: thief and owner share it in the grace, and one of them goes on", async () => {
    atSecond(0);
    const { refreshToken: parent, ...held } = await logIn();
    const owner = await Session.refresh(parent, origin);
    atSecond(10);
    const thief = await Session.refresh(parent, { sourceIp: "203.0.113.66" });
    expect(thief.refreshToken).toBe(owner.refreshToken);
    atSecond(900);
    const { token } = await Session.refresh(thief.refreshToken, { sourceIp: "203.0.113.66" });
    atSecond(931);
    expect(await codeOf(refresh(owner.refreshToken))).toBe("refresh_token_reused");
    expect(await opens(token)).toBe(false);
    expect(await storedSession(held)).toBeUndefined();
  });
});

describe("a session that was closed for reuse", () => {
  it("is over for everybody who has any token of it", async () => {
    const { chain, ...held } = await refreshedSession(3);
    const again = await Session.refresh(chain[2] ?? "", origin);
    expect(await codeOf(refresh(chain[0]))).toBe("refresh_token_reused");
    for (const token of chain) expect(await codeOf(refresh(token))).toBe("session_ended");
    for (const token of [held.token, again.token]) expect(await opens(token)).toBe(false);
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it("leaves the other sessions of the person alone", async () => {
    const person = await somebody();
    const other = await logIn(person);
    const { chain } = await refreshedSession(2, person);
    await codeOf(refresh(chain[0]));
    expect(await opens(other.token)).toBe(true);
    await expect(refresh(other.refreshToken)).resolves.toHaveProperty("token");
  });

  it.each([
    ["with a user agent", origin],
    ["without one", { sourceIp: "203.0.113.66" }],
  ])("has one event on record, of the released shape: %s", async (_, from) => {
    atSecond(0);
    const { chain, ...held } = await refreshedSession(2);
    atSecond(7.5);
    await codeOf(Session.refresh(chain[0] ?? "", from));
    const [before, event, ...more] = await eventsOf(held);
    expect([before, ...more]).toMatchObject([{ type: "logged_in" }]);
    const at = new Date((start + 7.5) * 1000).toISOString();
    expect(event).toEqual({
      pk: `user#${held.userId}`,
      sk: "event#0000000002",
      chain: `user#${held.userId}`,
      number: 2,
      eventId: expect.stringMatching(idPattern),
      userId: held.userId,
      type: "refresh_token_reused",
      at,
      actor: "anonymous",
      sessionId: held.sessionId,
      ...from,
      requestId: "none",
      details: {},
      previous: before?.["hash"],
      previousExpiresAt: before?.["ttl"],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      day: at.slice(0, 10),
      shard: before?.["shard"],
      ttl: Math.floor(start + 7.5) + config().eventRetentionSeconds,
      gsi1pk: `day#${at.slice(0, 10)}#${before?.["shard"]}`,
      gsi1sk: `${at}#user#${held.userId}`,
      __edb_e__: "event",
      __edb_v__: "1",
    });
  });

  it("has one event on record when ten copies come at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { chain, ...held } = await refreshedSession(2);
      const copies = Array.from({ length: 10 }, () => codeOf(refresh(chain[0])));
      const codes = new Set(await Promise.all(copies));
      expect([...codes].filter((code) => !["refresh_token_reused", "session_ended"].includes(code))).toEqual(
        [],
      );
      expect(codes).toContain("refresh_token_reused");
      expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
      expect(await storedSession(held)).toBeUndefined();
    }
  });
});

it("a store set back to an earlier time accuses nobody: the newer token has ended and the session stays", async () => {
  const { chain, ...held } = await refreshedSession(2);
  const stored = await storedSession(held);
  await putItem({ ...stored, pk: stored?.pk ?? "", sk: stored?.sk ?? "", generation: 1 });
  expect(await codeOf(refresh(chain[2]))).toBe("session_ended");
  expect(await storedSession(held)).toMatchObject({ generation: 1 });
  expect(await recordOf(held)).toEqual(["logged_in"]);
});
