import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { handlerOf } from "../test/handler-of.ts";
import { contextOf, newEmail } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";

captureStdout();

/** One text, as one keyboard types it and as another does (Unicode Standard Annex 15, NFC and NFD). */
const [first, second] = ["caf\u00E9 and 39 tr\u00E4umende Z\u00FCge", "\u00C5ngstr\u00F6m, 27 cr\u00E8mes"];
const forms = ["NFC", "NFD"] as const;

const ask = async (name: string, request: object) => call(await handlerOf(name), request);

let email: string;
beforeEach(() => {
  email = newEmail();
});

// NIST SP 800-63B-4 section 3.1.1.2: one normalisation, wherever a password is set or checked.
describe.each(forms.flatMap((set) => forms.map((typed) => [set, typed] as const)))(
  "a password that was set in %s is the same typed in %s",
  (set, typed) => {
    const logIn = (password: string) =>
      ask("login", { body: { email, password: password.normalize(typed) } });

    it("after a registration, a change and a reset", async () => {
      await ask("register", { body: { email, password: first.normalize(set) } });
      const { body } = await logIn(first);
      expect(body.auth).toBe(true);
      const words = { currentPassword: first.normalize(typed), newPassword: second.normalize(set) };
      const changed = await ask("changePassword", { body: words, context: await contextOf(body.token) });
      expect([changed.status, (await logIn(second)).status, (await logIn(first)).status]).toEqual([
        200, 200, 401,
      ]);
      const { token } = await newCode("reset_password", { user: body.user });
      const reset = await ask("resetPassword", { body: { token, password: first.normalize(set) } });
      expect([reset.status, (await logIn(first)).status, (await logIn(second)).status]).toEqual([
        204, 200, 401,
      ]);
    });
  },
);
