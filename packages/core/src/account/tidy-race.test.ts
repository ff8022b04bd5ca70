import { expect, it } from "vitest";
import { belongingsOf } from "../../test/belongings.ts";
import { interleaved } from "../../test/interleaved.ts";
import { withUserInStep } from "../../test/people-in-step.ts";
import { logIn, opens } from "../../test/session.ts";
import { newId } from "../id.ts";
import { runJob } from "../job/run.ts";
import { SessionEntity } from "../session/session.entity.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

it("a session that a change of password keeps while the job reads page by page is kept", async () => {
  await withUserInStep("paged", async ({ id, email, password }) => {
    const { session } = belongingsOf(id, email);
    // More than a megabyte before the session that asks: it is read after the change, and its person before.
    for (const seat of ["00", "01", "02", "03"]) {
      const large = { seat, sessionId: seat + newId(), userAgent: "x".repeat(350_000), epoch: 0 };
      await SessionEntity.put({ ...session, ...large }).go();
    }
    const held = await logIn(await User.authenticate(email, password));
    const change = { currentPassword: password, newPassword: "seven lanterns over Ghent" };
    const { second, met } = await interleaved(
      1,
      () => runJob({ id: newId(), kind: "tidy", userId: id }),
      () => Account.changePassword(held, change),
    );
    expect([met, second.status]).toEqual([true, "fulfilled"]);
    expect(await opens(held.token)).toBe(true);
  });
});
