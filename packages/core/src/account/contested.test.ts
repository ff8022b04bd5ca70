import { expect, it } from "vitest";
import { stateOf } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import { contest, findLogin } from "../user/person.ts";
import * as Account from "./index.ts";

it("an address is settled by the reset that its reader makes", async () => {
  await withTestUser("settled", async ({ id, email }) => {
    expect(await contest(await findLogin(id))).toBe(true);
    const { token } = await mailedCode("reset_password", { id, email });
    await Account.resetPassword(token, "seven lanterns over Ghent");
    expect(await findLogin(id)).not.toHaveProperty("contested");
  });
});

it("an account that moves away leaves behind that its old address was contested", async () => {
  await withTestUser("moves", async ({ id }) => {
    expect(await contest(await findLogin(id))).toBe(true);
    const { token } = await mailedCode("change_email", { id, email: newEmail("next") });
    await Account.confirmEmail(id, { token });
    expect(await findLogin(id)).not.toHaveProperty("contested");
  });
});

it("an address that has passed to another account meanwhile is not contested for that one", async () => {
  await withTestUser("passed", async ({ id }) => {
    const login = await findLogin(id);
    expect(await contest({ ...login, userId: newId() })).toBe(false);
    expect(await findLogin(id)).toEqual(login);
    expect(await stateOf(id)).toHaveLength(2);
  });
});
