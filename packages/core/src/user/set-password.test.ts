import { describe, expect, it } from "vitest";
import { deleteItem, itemOf, itemsOf } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { logIn, opens, origin, storedSession } from "../../test/session.ts";
import { withTestUser } from "../../test/user.ts";
import { newId } from "../id.ts";
import { Session } from "../session/index.ts";
import { User } from "./index.ts";

const another = "seven lanterns over Ghent";

describe("another password", () => {
  it("logs in, and the one before does not", async () => {
    await withTestUser("renewed", async ({ id, email, password }) => {
      await User.setPassword(id, another);
      expect((await User.authenticate(email, another)).userId).toBe(id);
      expect(await codeOf(User.authenticate(email, password))).toBe("invalid_credentials");
    });
  });

  it("ends every session of the one before at once", async () => {
    await withTestUser("ended", async ({ id, email, password }) => {
      const profile = await User.authenticate(email, password);
      const sessions = [await logIn(profile), await logIn(profile)];
      await User.setPassword(id, another);
      for (const { token, refreshToken } of sessions) {
        expect(await opens(token)).toBe(false);
        expect(await codeOf(Session.refresh(refreshToken, origin))).toBe("session_ended");
      }
      expect(await opens((await logIn(await User.authenticate(email, another))).token)).toBe(true);
    });
  });

  it("also ends a session that a log-in under way with the one before stores a moment later", async () => {
    await withTestUser("underway", async ({ id, email, password }) => {
      const profile = await User.authenticate(email, password);
      await User.setPassword(id, another);
      const late = await logIn(profile);
      expect(await storedSession(late)).toBeDefined();
      expect(await opens(late.token)).toBe(false);
    });
  });

  it("is held to the rules, with what the account says of its owner, and a weak one changes nothing", async () => {
    await withTestUser("weakling", async ({ id, email }) => {
      const before = await itemsOf(id);
      for (const weak of ["short", "password1", email, "weakling2024"]) {
        expect(await codeOf(User.setPassword(id, weak))).toBe("weak_password");
      }
      expect(await itemsOf(id)).toEqual(before);
    });
  });

  it("is not for somebody who is gone, disabled, or ends meanwhile", async () => {
    expect(await codeOf(User.setPassword(newId(), another))).toBe("invalid_token");
    await withTestUser("vanishing", async ({ id, email }) => {
      const login = await itemOf(id, "login");
      const attempt = intercepted(
        async ({ operation }, send) => {
          if (operation === "TransactWriteItems") await deleteItem(login);
          await send();
        },
        () => User.setPassword(id, another),
      );
      expect(await codeOf(attempt)).toBe("invalid_token");
      expect(await itemsOf(id)).toHaveLength(1);
      expect(await codeOf(User.authenticate(email, another))).toBe("invalid_credentials");
    });
    await withTestUser("disabled", async ({ id, email }) => {
      await User.setStatus(email, "disabled");
      expect(await codeOf(User.setPassword(id, another))).toBe("invalid_token");
    });
  });
});
