import { describe, expect, it } from "vitest";
import { clearOutbox, jobs } from "../../../functions/test/outbox.ts";
import { itemsOf } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withOutage } from "../../test/outages.ts";
import { expectPeopleInStep } from "../../test/people-in-step.ts";
import { codeOf } from "../../test/refusal.ts";
import { logIn, opens } from "../../test/session.ts";
import { withTestUser } from "../../test/user.ts";
import { toAuthError } from "../error.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const another = "seven lanterns over Ghent";

/** Code, person, sessions, mark, the write, the mark moved on, the one session removed, two counters forgotten. */
const requests = [0, 1, 2, 3, 4, 5, 6, 7, 8];

describe.each(["request", "answer"] as const)("a reset of which the %s is lost", (lost) => {
  it.each(requests)("at its request %i has changed everything or nothing, and never half", async (at) => {
    await withTestUser("outage", async (user) => {
      const held = await logIn(await User.authenticate(user.email, user.password));
      const { token } = await mailedCode("reset_password", user);
      const before = await itemsOf(user.id);
      clearOutbox();
      let told: string | undefined;
      const reset = () =>
        Account.resetPassword(token, another).catch((error) => {
          told = toAuthError(error).code;
        });
      expect(await withOutage(at, lost, reset)).toBe(true);
      const isWritten = at > 4 || (at === 4 && lost === "answer");
      expect(told).toBe(at > 4 ? undefined : "unavailable");
      expect(await opens(held.token)).toBe(!isWritten);
      if (!isWritten) expect(await itemsOf(user.id)).toEqual(before);
      const [right, wrong] = isWritten ? [another, user.password] : [user.password, another];
      await User.authenticate(user.email, right);
      expect(await codeOf(User.authenticate(user.email, wrong))).toBe("invalid_credentials");
      expect(jobs().filter(({ kind }) => kind === "password_changed")).toHaveLength(at > 4 ? 1 : 0);
      await expectPeopleInStep();
    });
  });
});

it("a reset whose answer is lost once is one reset with one notice", async () => {
  await withTestUser("once", async (user) => {
    const { token } = await mailedCode("reset_password", user);
    clearOutbox();
    expect(await withOutage(4, "answer", () => Account.resetPassword(token, another), 1)).toBe(true);
    expect(await codeOf(Account.resetPassword(token, "amber pagoda 57 kites"))).toBe("invalid_code");
    expect(jobs().map(({ kind }) => kind)).toEqual(["tidy", "password_changed"]);
    expect(await User.authenticate(user.email, another)).toMatchObject({ epoch: 1 });
  });
});
