import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mailedCode } from "../../test/mailed-codes.ts";
import { codeOf } from "../../test/refusal.ts";
import { origin } from "../../test/session.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import { withRequest } from "../context.ts";
import * as Session from "../session/index.ts";
import { read } from "../session/refresh-token.ts";
import * as User from "../user/index.ts";
import { eventsOf, verifyOne } from "./audit.ts";
import * as Event from "./index.ts";

const newPassword = "seven lanterns over Ghent";

async function logIn({ email, password }: Pick<TestUser, "email" | "password">) {
  const { refreshToken } = await Session.open(await User.authenticate(email, password), origin);
  const { sessionId } = await read(refreshToken);
  return { refreshToken, sessionId };
}

function asIn<T>(sessionId: string, run: () => Promise<T>): Promise<T> {
  return withRequest({ requestId: "in a session", ...origin, sessionId }, run);
}

// A wait of a second must not be over because a hash took one.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

type Doing = (user: TestUser) => Promise<unknown>;

/** What somebody does, and what is on record of it beyond the registration and log-ins: type and actor. */
const doings: readonly [does: string, recorded: readonly string[], doing: Doing][] = [
  [
    "logs in with a wrong password",
    ["login_failed anonymous"],
    ({ email }) => codeOf(User.authenticate(email, "wrong")),
  ],
  [
    "logs in with a wrong password for the fifth time",
    [...Array<string>(4).fill("login_failed anonymous"), "login_blocked anonymous"],
    async ({ email }) => {
      for (let time = 0; time < 7; time += 1) await codeOf(User.authenticate(email, "wrong"));
    },
  ],
  [
    "gives a wrong current password",
    ["password_check_failed user"],
    async (user) => {
      const { sessionId } = await logIn(user);
      await asIn(sessionId, () => codeOf(Account.erase(user.id, "wrong")));
    },
  ],
  [
    "logs out",
    ["sessions_ended user"],
    async (user) => Session.endByRefreshToken((await logIn(user)).refreshToken),
  ],
  [
    "logs out twice",
    ["sessions_ended user"],
    async (user) => {
      const { refreshToken } = await logIn(user);
      await Session.endByRefreshToken(refreshToken);
      await Session.endByRefreshToken(refreshToken);
    },
  ],
  [
    "ends the other sessions, and then again when there are none",
    ["sessions_ended user"],
    async (user) => {
      await logIn(user);
      const { sessionId } = await logIn(user);
      await asIn(sessionId, () => Session.endOthers(user.id, sessionId));
      await asIn(sessionId, () => Session.endOthers(user.id, sessionId));
    },
  ],
  [
    "refreshes sixty-four times",
    ["refreshed user", "refreshed user"],
    async (user) => {
      let { refreshToken } = await logIn(user);
      for (let time = 0; time < 64; time += 1)
        ({ refreshToken } = await Session.refresh(refreshToken, origin));
    },
  ],
  [
    "uses a refresh token again, and again",
    ["refresh_token_reused anonymous"],
    async (user) => {
      const { refreshToken } = await logIn(user);
      const next = await Session.refresh(refreshToken, origin);
      await Session.refresh(next.refreshToken, origin);
      await codeOf(Session.refresh(refreshToken, origin));
      await codeOf(Session.refresh(refreshToken, origin));
    },
  ],
  [
    "verifies the email",
    ["email_verified mail"],
    async (user) => Account.verifyEmail(await mailedCode("verify_email", user)),
  ],
  [
    "resets the password",
    ["password_reset mail"],
    async (user) => Account.resetPassword((await mailedCode("reset_password", user)).token, newPassword),
  ],
  [
    "changes the password",
    ["password_changed user"],
    async (user) => {
      const { sessionId } = await logIn(user);
      const change = { currentPassword: user.password, newPassword };
      await asIn(sessionId, () => Account.changePassword({ userId: user.id, sessionId }, change));
    },
  ],
  [
    "changes the email",
    ["email_changed user"],
    async (user) => {
      const { sessionId } = await logIn(user);
      const { token } = await mailedCode("change_email", { id: user.id, email: newEmail("next") });
      await asIn(sessionId, () => Account.confirmEmail(user.id, { token }));
    },
  ],
  [
    "is shut out, and let in again",
    ["disabled operator", "enabled operator"],
    async ({ email }) => {
      await User.setStatus(email, "disabled");
      await User.setStatus(email, "active");
    },
  ],
];

describe("when somebody", () => {
  it.each(doings)("%s, that is on record: %j", async (_, recorded, doing) => {
    await withTestUser("recorded", async (user) => {
      await doing(user);
      const chain = Event.chainOf(user.id);
      const [first, ...events] = await eventsOf(chain);
      expect(first).toMatchObject({ number: 1, type: "registered" });
      const told = events
        .filter(({ type }) => type !== "logged_in")
        .map(({ type, actor }) => `${type} ${actor}`);
      expect(told).toEqual(recorded);
      expect((await verifyOne(chain)).findings).toEqual([]);
    });
  });

  it("logs in, the record names the session, the address and the browser", async () => {
    await withTestUser("logged", async (user) => {
      const { sessionId } = await logIn(user);
      const [, event] = await eventsOf(Event.chainOf(user.id));
      expect(event).toMatchObject({ type: "logged_in", actor: "user", sessionId, ...origin });
    });
  });

  it("guesses at an email that nobody has, that is on record under its MAC", async () => {
    const email = newEmail("nobody");
    await codeOf(User.authenticate(email, "wrong"));
    const chain = await Event.strangersChain(email.toUpperCase());
    const events = await eventsOf(chain);
    expect(events).toMatchObject([{ type: "login_failed", actor: "anonymous" }]);
    expect(JSON.stringify(events)).not.toContain("nobody");
  });

  it("deletes the account, the stage's record has the receipt and not a word of who it was", async () => {
    await withTestUser("erased", async (user) => {
      const { sessionId } = await logIn(user);
      const { receiptId } = await asIn(sessionId, () => Account.erase(user.id, user.password));
      const event = (await eventsOf(Event.stageChain)).at(-1);
      expect(event).toMatchObject({ type: "account_deleted", details: { receiptId } });
      for (const name of ["userId", "sessionId", "sourceIp", "userAgent"])
        expect(event).not.toHaveProperty(name);
      expect(await eventsOf(Event.chainOf(user.id))).toEqual([]);
    });
  });
});
