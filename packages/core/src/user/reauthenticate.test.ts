import { afterEach, describe, expect, it, vi } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { itemOf, putItem, stateOf } from "../../test/items.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { codeOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { origin } from "../../test/session.ts";
import { goodPassword, newEmail, withTestUser } from "../../test/user.ts";
import * as Account from "../account/index.ts";
import { config } from "../config.ts";
import { withRequest } from "../context.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import * as User from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("somebody asked for their password once more", () => {
  it("is who they say with the right one, by two consistent reads", async () => {
    await withTestUser("ada", async ({ id, email, password }) => {
      const requests = await requestsOf(async () => {
        expect(await User.reauthenticate(id, password)).toMatchObject({ userId: id, email });
      });
      expect(requests).toMatchObject([
        { operation: "GetItem", input: { ConsistentRead: true } },
        {
          operation: "BatchGetItem",
          input: { RequestItems: { [config().tableName]: { ConsistentRead: true } } },
        },
      ]);
    });
  });

  it("is who they say although their email changes between the two reads", async () => {
    await withTestUser("mover", async ({ id, password }) => {
      const email = newEmail("moved");
      const { token } = await mailedCode("change_email", { id, email });
      const reauthenticate = () => User.reauthenticate(id, password);
      const { first } = await interleaved(1, reauthenticate, () => Account.confirmEmail(id, { token }));
      expect(first).toMatchObject({ status: "fulfilled", value: { userId: id, email } });
    });
  });

  it("is not with a wrong one, another person's, or one that is no password at all", async () => {
    for (const password of ["", "wrong", goodPassword.toUpperCase(), "\uD800", "x".repeat(5000), "a\0b"])
      await withTestUser("ada", async ({ id }) => {
        const before = await stateOf(id);
        expect(await codeOf(User.reauthenticate(id, password))).toBe("wrong_password");
        expect(await stateOf(id)).toEqual(before);
      });
  });

  it("waits outside of a session as a stranger does, unless they logged in from there before", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await withTestUser("guessed", async ({ id, email, password }) => {
      const from = <T>(sourceIp: string, run: () => Promise<T>) =>
        withRequest({ requestId: "r", sourceIp }, run);
      await from("192.0.2.1", async () => Session.open(await User.authenticate(email, password), origin));
      for (let time = 1; time <= 5; time += 1)
        await from(`198.51.100.${time}`, () => codeOf(User.authenticate(email, "wrong")));
      const reauthenticate = () => User.reauthenticate(id, password);
      expect(await from("198.51.100.9", () => codeOf(reauthenticate()))).toBe("too_many_requests");
      expect(await from("192.0.2.1", reauthenticate)).toMatchObject({ userId: id });
    });
  });

  it("is not by a Login that is somebody else's by now, though the password fits that one", async () => {
    await withTestUser("heir", async (heir) => {
      const ghost = newId();
      const profile = await itemOf(heir.id, "profile");
      await putItem({ ...profile, pk: `user#${ghost}`, userId: ghost });
      expect(await codeOf(User.reauthenticate(ghost, heir.password))).toBe("invalid_token");
    });
  });

  it("is nobody where the account is gone or disabled", async () => {
    expect(await codeOf(User.reauthenticate(newId(), goodPassword))).toBe("invalid_token");
    await withTestUser("disabled", async ({ id, email, password }) => {
      await User.setStatus(email, "disabled");
      expect(await codeOf(User.reauthenticate(id, password))).toBe("invalid_token");
    });
  });
});
