import { describe, expect, it } from "vitest";
import { graceSeconds, judge, type Verdict } from "./judge.ts";
import type { SessionItem } from "./stored.ts";

const replacedAt = 1_780_000_000;

const stored: SessionItem = {
  userId: "01j00000000000000000000000",
  seat: "07",
  sessionId: "0701j00000000000000000000001",
  epoch: 0,
  generation: 5,
  rotatedAt: replacedAt,
  createdAt: replacedAt - 500,
  idleExpiresAt: replacedAt + 1000,
  expiresAt: replacedAt + 5000,
  scope: "profile:read",
  roles: [],
  sourceIp: "192.0.2.1",
  ttl: replacedAt + 1000,
};

function verdictOn(generation: number, secondsLater: number, changes: Partial<SessionItem> = {}): Verdict {
  const { userId, sessionId } = stored;
  return judge({ ...stored, ...changes }, { userId, sessionId, generation }, replacedAt + secondsLater);
}

it("the grace is half a minute", () => {
  expect(graceSeconds).toBe(30);
});

describe.each([
  [0, "repeat", "reused", "reused"],
  [1, "repeat", "reused", "reused"],
  [29, "repeat", "reused", "reused"],
  [30, "repeat", "reused", "reused"],
  [31, "reused", "reused", "reused"],
  [999, "reused", "reused", "reused"],
  [1000, "expired", "expired", "expired"],
] as const)("%i s after a token was replaced", (seconds, parent, grandparent, first) => {
  it(`it is ${parent}, the one before it ${grandparent}, the first ${first}`, () => {
    expect([verdictOn(4, seconds), verdictOn(3, seconds), verdictOn(0, seconds)]).toEqual([
      parent,
      grandparent,
      first,
    ]);
  });
});

it("a clock that is behind the one that replaced it gives its successor too", () => {
  expect(verdictOn(4, -3)).toBe("repeat");
  expect(verdictOn(3, -3)).toBe("reused");
});

it("a token later than the store, or the current one, is of a session that ended: nothing is known against it", () => {
  for (const generation of [5, 6, 7, 999_999_999]) expect(verdictOn(generation, 1)).toBe("ended");
});

it("a session that has run out is expired to the second, whatever is presented", () => {
  for (const generation of [0, 3, 4, 5, 6]) {
    expect(verdictOn(generation, 5, { idleExpiresAt: replacedAt + 5 })).toBe("expired");
    expect(verdictOn(generation, 5, { expiresAt: replacedAt + 5 })).toBe("expired");
  }
  expect(verdictOn(4, 4, { idleExpiresAt: replacedAt + 5 })).toBe("repeat");
  expect(verdictOn(4, 4, { expiresAt: replacedAt + 5 })).toBe("repeat");
});

it("a session that is gone, or another one in its seat, has ended", () => {
  const { userId, sessionId } = stored;
  for (const generation of [3, 4, 5]) {
    expect(judge(undefined, { userId, sessionId, generation }, replacedAt)).toBe("ended");
    expect(verdictOn(generation, 1, { sessionId: "0701j00000000000000000000002" })).toBe("ended");
  }
});
