import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mailedCode } from "../../test/mailed-codes.ts";
import { refusalOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import { forgetConfig } from "../config.ts";
import * as User from "./index.ts";

beforeEach(() => {
  vi.stubEnv("REQUIRE_VERIFIED_EMAIL", "true");
  forgetConfig();
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("where an email must be verified before the first log-in", () => {
  it("who knows the password is told so, and nobody else", async () => {
    await withTestUser("unverified", async ({ email, password }) => {
      const told = async (attempt: Promise<unknown>) => (await refusalOf(attempt)).code;
      expect(await told(User.authenticate(email, password))).toBe("email_not_verified");
      expect(await told(User.authenticate(email, `${password}!`))).toBe("invalid_credentials");
      expect(await told(User.authenticate(newEmail("nobody"), password))).toBe("invalid_credentials");
      await User.setStatus(email, "disabled");
      expect(await told(User.authenticate(email, password))).toBe("invalid_credentials");
    });
  });

  it("it is the same one read as any other log-in", async () => {
    await withTestUser("counted", async ({ email, password }) => {
      const requests = await requestsOf(() => refusalOf(User.authenticate(email, password)));
      expect(requests.map(({ operation }) => operation)).toEqual(["BatchGetItem"]);
    });
  });

  it("not even they are told where accounts are concealed: a log-in after a registration would tell of the email", async () => {
    vi.stubEnv("CONCEAL_ACCOUNTS", "true");
    forgetConfig();
    await withTestUser("concealed", async ({ email, password }) => {
      const refusals = [];
      for (const attempt of [password, `${password}!`]) {
        const { code, message, fields } = await refusalOf(User.authenticate(email, attempt));
        refusals.push({ code, message, fields });
      }
      expect(refusals[0]).toEqual(refusals[1]);
      expect(refusals[0]).toMatchObject({ code: "invalid_credentials" });
    });
  });

  it.each(["a verification", "a reset of the password"])("%s lets them in", async (way) => {
    await withTestUser("verified", async (user) => {
      if (way === "a verification") {
        await Account.verifyEmail({ token: (await mailedCode("verify_email", user)).token });
        expect(await User.authenticate(user.email, user.password)).toMatchObject({ userId: user.id });
      } else {
        const password = "seven lanterns over Ghent";
        await Account.resetPassword((await mailedCode("reset_password", user)).token, password);
        expect(await User.authenticate(user.email, password)).toMatchObject({ userId: user.id });
      }
    });
  });
});
