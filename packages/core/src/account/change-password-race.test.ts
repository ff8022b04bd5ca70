import { describe, expect, it } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Held, logIn, opens } from "../../test/session.ts";
import type { TestUser } from "../../test/user.ts";
import { toAuthError } from "../error.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const newPassword = "seven lanterns over Ghent";
const anotherNewPassword = "amber pagoda 57 kites";

async function logInAs({ email, password }: TestUser): Promise<Held> {
  return logIn(await User.authenticate(email, password));
}

/** Person, Login, sessions, mark, the write. */
const requests = [0, 1, 2, 3, 4];

describe("of two changes of password with the same current one", () => {
  it.each(requests)(
    "the one of another session that comes before request %i of the first wins",
    async (at) => {
      await withUserInStep("both", async (user) => {
        const [held, other] = [await logInAs(user), await logInAs(user)];
        const currentPassword = user.password;
        const { first, second } = await interleaved(
          at,
          () => Account.changePassword(held, { currentPassword, newPassword }),
          () => Account.changePassword(other, { currentPassword, newPassword: anotherNewPassword }),
        );
        expect(second).toMatchObject({ status: "fulfilled", value: { ended: 1 } });
        // Its session has ended by then.
        expect(first.status).toBe("rejected");
        if (first.status === "rejected")
          expect(["wrong_password", "invalid_token"]).toContain(toAuthError(first.reason).code);
        expect([await opens(held.token), await opens(other.token)]).toEqual([false, true]);
        expect(await codeOf(User.authenticate(user.email, newPassword))).toBe("invalid_credentials");
        await User.authenticate(user.email, anotherNewPassword);
      });
    },
  );

  it.each(requests)(
    "in one session the one before request %i wins, the other is told that its password is wrong",
    async (at) => {
      await withUserInStep("doubleclick", async (user) => {
        const held = await logInAs(user);
        const currentPassword = user.password;
        const { first, second } = await interleaved(
          at,
          () => Account.changePassword(held, { currentPassword, newPassword }),
          () => Account.changePassword(held, { currentPassword, newPassword: anotherNewPassword }),
        );
        expect(second.status).toBe("fulfilled");
        expect(first).toMatchObject({ status: "rejected", reason: { code: "wrong_password" } });
        expect(await opens(held.token)).toBe(true);
        await User.authenticate(user.email, anotherNewPassword);
      });
    },
  );

  it("at the very same time one wins", async () => {
    await withUserInStep("parallel", async (user) => {
      const sessions = [await logInAs(user), await logInAs(user)];
      const passwords = [newPassword, anotherNewPassword];
      const changes = sessions.map((held, index) =>
        Account.changePassword(held, {
          currentPassword: user.password,
          newPassword: passwords[index] ?? "",
        }),
      );
      const outcomes = await Promise.allSettled(changes);
      const won = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      await User.authenticate(user.email, passwords[won] ?? "");
      expect(await opens(sessions[won]?.token ?? "")).toBe(true);
      expect(await opens(sessions[1 - won]?.token ?? "")).toBe(false);
    });
  });
});

it("a change of password while the account is shut out changes nothing", async () => {
  await withUserInStep("banned", async (user) => {
    const held = await logInAs(user);
    const { first } = await interleaved(
      4,
      () => Account.changePassword(held, { currentPassword: user.password, newPassword }),
      () => User.setStatus(user.email, "disabled"),
    );
    expect(first).toMatchObject({ status: "rejected", reason: { code: "invalid_token" } });
    await User.setStatus(user.email, "active");
    await User.authenticate(user.email, user.password);
  });
});
