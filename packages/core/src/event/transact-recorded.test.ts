import { describe, expect, it } from "vitest";
import { withOutage } from "../../test/outages.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { logIn, somebody, storedSession } from "../../test/session.ts";
import * as Session from "../session/index.ts";
import { eventsOf, verifyOne } from "./audit.ts";
import * as Event from "./index.ts";

const typesOf = async (userId: string) => (await eventsOf(Event.chainOf(userId))).map(({ type }) => type);

describe("what is recorded in its own transaction", () => {
  it("goes after an event that took its place meanwhile", async () => {
    const person = await somebody();
    const { userId, sessionId } = await logIn(person);
    let isFirst = true;
    await intercepted(
      async ({ operation }, send) => {
        if (operation === "TransactWriteItems" && isFirst) {
          isFirst = false;
          await Event.record(Event.chainOf(userId), { type: "login_failed" });
        }
        await send();
      },
      () => Session.end(userId, sessionId),
    );
    expect(await typesOf(userId)).toEqual(["logged_in", "login_failed", "sessions_ended"]);
    expect((await verifyOne(Event.chainOf(userId))).findings).toEqual([]);
  });

  it("is unavailable, and not done, where its place is taken every time", async () => {
    const held = await logIn(await somebody());
    await intercepted(
      async ({ operation }, send) => {
        if (operation === "TransactWriteItems")
          await Event.record(Event.chainOf(held.userId), { type: "login_failed" });
        await send();
      },
      async () => expect(await codeOf(Session.end(held.userId, held.sessionId))).toBe("unavailable"),
    );
    expect(await storedSession(held)).toBeDefined();
    expect(await typesOf(held.userId)).not.toContain("sessions_ended");
  });

  it.each(["request", "answer"] as const)(
    "is done whole or not at all where the %s is lost every time",
    async (lost) => {
      for (const at of [0, 1]) {
        const held = await logIn(await somebody());
        await withOutage(at, lost, async () => {
          expect(await codeOf(Session.end(held.userId, held.sessionId))).toBe("unavailable");
        });
        const isEnded = (await storedSession(held)) === undefined;
        expect((await typesOf(held.userId)).includes("sessions_ended")).toBe(isEnded);
      }
    },
  );

  it("is done although its mark stays behind, and the next event brings it along", async () => {
    const held = await logIn(await somebody());
    await withOutage(2, "request", () => Session.end(held.userId, held.sessionId));
    await Event.record(Event.chainOf(held.userId), { type: "login_failed" });
    expect(await typesOf(held.userId)).toEqual(["logged_in", "sessions_ended", "login_failed"]);
    expect((await verifyOne(Event.chainOf(held.userId))).findings).toEqual([]);
  });
});
