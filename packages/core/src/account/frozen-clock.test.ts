import { afterEach, expect, it, vi } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { atSecond } from "../../test/session.ts";
import { newEmail } from "../../test/user.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("a change of the profile is not lost to a new email, though both are of one millisecond", async () => {
  atSecond(0);
  await withUserInStep("frozen", async ({ id }) => {
    const { token } = await mailedCode("change_email", { id, email: newEmail("new") });
    const change = () => User.change(id, { name: "Changed" });
    await interleaved(3, () => Account.confirmEmail(id, { token }), change);
    expect(await User.get(id)).toMatchObject({ name: "Changed" });
  });
});
