import { describe, expect, it } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { requestsOf } from "../../test/requests.ts";
import { goodPassword, newEmail } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import * as User from "./index.ts";

describe("a change of the profile while the email changes", () => {
  it.each([0, 1])("before its request %i is not lost, and answers the new email", async (at) => {
    await withUserInStep("moving", async ({ id, password }) => {
      const email = newEmail("moved");
      const { token } = await mailedCode("change_email", { id, email });
      const change = () => User.change(id, { name: "Changed", locale: "de" });
      const { first } = await interleaved(at, change, () => Account.confirmEmail(id, { token }));
      const expected = { email, name: "Changed", locale: "de" };
      expect(first).toMatchObject({ status: "fulfilled", value: expected });
      expect(await User.get(id)).toMatchObject(expected);
      expect(await User.authenticate(email, password)).toMatchObject(expected);
    });
  });

  it("is not written to whoever registers the old email meanwhile", async () => {
    await withUserInStep("moving", async (user) => {
      const { token } = await mailedCode("change_email", { id: user.id, email: newEmail("moved") });
      const change = () => User.change(user.id, { name: "Changed" });
      const { first } = await interleaved(1, change, async () => {
        await Account.confirmEmail(user.id, { token });
        await User.register({ email: user.email, password: goodPassword, name: "Heir" });
      });
      expect(first.status).toBe("fulfilled");
      expect(await User.authenticate(user.email, goodPassword)).toMatchObject({ name: "Heir" });
      expect(await User.get(user.id)).toMatchObject({ name: "Changed" });
    });
  });

  it("costs a read and a transaction more, and without that none", async () => {
    await withUserInStep("counted", async ({ id }) => {
      const requests = await requestsOf(() => User.change(id, { name: "C" }));
      expect(requests.map(({ operation }) => operation)).toEqual(["GetItem", "TransactWriteItems"]);
    });
  });
});
